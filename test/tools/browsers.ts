/**
 * Finds a Chromium and a Firefox on this machine, and gets a Chromium where there is none. Order: `RELEVO_BROWSER`,
 * Playwright's own, the usual system paths; then Playwright's installer; then `apt-get` where that is allowed.
 * Branded Chrome is left out: since version 137 it ignores `--load-extension`.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const chromiumPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/lib/chromium/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/usr/bin/microsoft-edge',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const firefoxPaths = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

function runnable(path: string | undefined): path is string {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(...names: readonly string[]): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

/** A Chromium that is already here, or `null`. */
export function findChromium(): string | null {
  const asked = process.env['RELEVO_BROWSER'];
  if (asked) {
    if (runnable(asked)) return asked;
    throw new Error(`RELEVO_BROWSER points to ${String(asked)}, which is no program that can be run.`);
  }
  return (
    [chromium.executablePath(), ...chromiumPaths, ...onPath('chromium', 'chromium-browser')].find(runnable) ?? null
  );
}

/** A Firefox that is already here, or `null`. `RELEVO_FIREFOX` wins. */
export function findFirefox(): string | null {
  return [process.env['RELEVO_FIREFOX'], ...firefoxPaths, ...onPath('firefox', 'firefox-esr')].find(runnable) ?? null;
}

function run(command: string, args: readonly string[]): boolean {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 10 * 60_000,
  });
  return result.status === 0;
}

/** Whether this process may install Debian packages. */
export function mayInstall(): boolean {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

export function aptInstall(...packages: readonly string[]): boolean {
  if (!mayInstall()) return false;
  return run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', ...packages]);
}

/** A Chromium, installed if need be. @throws with the three ways to get one when there is none to be had. */
export function requireChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium found. Asking Playwright to install its own…');
  const cli = join(import.meta.dirname, '../../node_modules/@playwright/test/cli.js');
  if (run(process.execPath, [cli, 'install', 'chromium'])) {
    const installed = findChromium();
    if (installed) return installed;
  }
  if (mayInstall()) {
    console.log('Playwright could not. Installing Debian’s Chromium with apt-get…');
    if (aptInstall('chromium')) {
      const installed = findChromium();
      if (installed) return installed;
    }
  }
  throw new Error(
    [
      'There is no Chromium to load the extension into. Get one in one of three ways, then run this again:',
      '  1. npx playwright install chromium',
      '  2. install Chromium with your system’s packages, for example: apt-get install chromium',
      '  3. set RELEVO_BROWSER to the path of a Chromium or Edge (branded Chrome can’t load an unpacked extension this way)',
    ].join('\n'),
  );
}

/** What every test and the demo start Chromium with, so that it loads just our extension. */
export function extensionArguments(extension: string): string[] {
  return [
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    // Containers and CI run as root, where Chromium's sandbox can't start.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
