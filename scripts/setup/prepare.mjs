import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildWidget, compileMessages } from './build.mjs';
import { step } from './child.mjs';
import { withLock } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { fingerprint, isStamped, stamp } from './stamp.mjs';

const onWait = (pid) => console.log(`Another command of this clone${pid ? ` (process ${pid})` : ''} is preparing …`);

/** Installs and builds. Two commands at once take turns, and the second finds the work done. */
export async function prepare({ builds }) {
  await withLock(
    join(ROOT, '.preparing'),
    async () => {
      await install();
      await compileMessages();
      await (builds ? build() : buildWidget());
    },
    { onWait },
  );
}

const PNPM = 'pnpm@12.21.0';
const STAMP = join(ROOT, 'node_modules/.baton-installed');

/** Installs what the lockfile names, unless node_modules already holds exactly that. */
async function install() {
  const wanted = fingerprint(ROOT, ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()], machine());
  if (isStamped(STAMP, wanted)) return;
  // The lockfile is reviewed with the code. Verifying it against the registry again would cost 9 s of a first start.
  const settings = ['--frozen-lockfile', '--config.trustLockfile=true', '--config.confirmModulesPurge=false'];
  await step('Installing packages', 'npx', ['--yes', PNPM, 'install', ...settings], { explain, env: quietNpm() });
  stamp(STAMP, wanted);
}

function manifests() {
  const workspaces = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(ROOT, group)).map((name) => `${group}/${name}/package.json`),
  );
  return ['package.json', 'e2e/package.json', ...workspaces].filter((path) => existsSync(join(ROOT, path)));
}

// A folder shared by two machines (a container's mount) must not keep the other machine's binaries.
const machine = () => `${process.platform}-${process.arch}`;

/** Removes the settings that npm passes down as environment variables, which are not meant for pnpm. */
function quietNpm() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_(argv|user_agent)|lifecycle_|package_)/.test(name),
  );
  return { ...Object.fromEntries(kept), npm_config_update_notifier: 'false', npm_config_loglevel: 'error' };
}

function explain(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|fetch failed/.test(output)
  ) {
    return 'The package registry cannot be reached: check the network, or npm’s proxy and registry settings.';
  }
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output)) {
    return `A package.json was changed without the lockfile: run npx --yes ${PNPM} install.`;
  }
  if (/ERR_PNPM_IGNORED_BUILDS/.test(output)) {
    return 'A dependency has a build script that pnpm-workspace.yaml neither allows nor refuses (allowBuilds).';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full.';
  if (/EACCES|EPERM/.test(output)) return 'A file of this folder belongs to another user: see the path above.';
  if (/spawn npx ENOENT/.test(output)) return 'npx was not found: it comes with npm, which comes with Node.';
  return undefined;
}
