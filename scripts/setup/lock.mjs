import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const UNFINISHED_AFTER_MS = 5_000;

/**
 * Runs `work` while no other process of this clone does. The lock is a folder, because `mkdir` is atomic on every file
 * system. A lock whose owner died is taken over.
 */
export async function withLock(folder, work, { onWait = () => {}, pollMs = 100 } = {}) {
  let told = false;
  while (!acquire(folder)) {
    if (isStale(folder) && takeOver(folder)) continue;
    if (!told) onWait(ownerOf(folder)?.pid);
    told = true;
    await wait(pollMs);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function acquire(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'owner'), JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  return true;
}

/** Only one process at a time may remove a stale lock, else the second would remove the first one's new lock. */
function takeOver(folder) {
  const claim = `${folder}.takeover`;
  try {
    mkdirSync(claim);
  } catch {
    if (ageOf(claim) > UNFINISHED_AFTER_MS) rmSync(claim, { recursive: true, force: true });
    return false;
  }
  try {
    if (!isStale(folder)) return false;
    rmSync(folder, { recursive: true, force: true });
    return true;
  } finally {
    rmSync(claim, { recursive: true, force: true });
  }
}

function isStale(folder) {
  const owner = ownerOf(folder);
  // A process may be killed between `mkdir` and writing the owner: such a lock becomes stale after a while.
  if (!owner) return ageOf(folder) > UNFINISHED_AFTER_MS;
  return !isAlive(owner.pid) || startOf(owner.pid) !== owner.started;
}

function ownerOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'owner'), 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The start time of a process, which tells a reused pid from the owner. Only Linux has it; elsewhere the pid must do. */
function startOf(pid) {
  try {
    // The second field is the command in brackets and may hold spaces; the 20th after it is the start time.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[19];
  } catch {
    return null;
  }
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
