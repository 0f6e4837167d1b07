/**
 * Real browser policies on this machine, for as long as a test needs them. Only root may put them in place; the file has a
 * name of its own, nothing that is there already is touched, and it goes again whatever happens.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Why policies can't be tried here; `null` where they can. */
export function whyNoPolicies(): string | null {
  if (process.getuid === undefined || process.platform !== 'linux') return 'browser policies are tried on Linux only';
  if (process.getuid() !== 0) return 'only root may put a browser policy in place, and this process is not root';
  return null;
}

/** Writes a file and the folders to it. @returns takes back what was made, and nothing else. */
function place(path: string, text: string): () => void {
  const made: string[] = [];
  for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) made.push(folder);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return () => {
    rmSync(path, { force: true });
    for (const folder of made) if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  };
}

/** Chromium reads every file in this folder; ours is one of them. */
export const placeChromiumPolicy = (text: string): (() => void) =>
  place('/etc/chromium/policies/managed/relevo-test.json', text);

/** Firefox has one file beside its program; `null` where there is one already, or the folder can't be written. */
export function placeFirefoxPolicy(executable: string, text: string): (() => void) | null {
  // A script of the distribution may start it: its own folder is the one that counts.
  const folders = [dirname(realpathSync(executable)), '/usr/lib/firefox', '/usr/lib/firefox-esr', '/opt/firefox'];
  const home = folders.find((folder) => existsSync(join(folder, 'application.ini')));
  if (home === undefined) return null;
  const path = join(home, 'distribution/policies.json');
  if (existsSync(path)) return null;
  try {
    accessSync(home, constants.W_OK);
  } catch {
    return null;
  }
  return place(path, text);
}
