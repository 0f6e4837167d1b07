/**
 * The same Chromium twice, once with the extension and once without: equal arguments, equal window, equal CRM, so that
 * what differs is ours. Builds are copied first, because a rebuild meanwhile must not change what is measured.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Worker } from '@playwright/test';
import { extensionArguments, requireChromium } from '../tools/browsers.ts';
import { outputFolder } from '../tools/launch.ts';

const root = join(import.meta.dirname, '../..');
const sources = ['lib', 'components', 'entrypoints', 'public', 'wxt.config.ts'];

/** `release`: what ships. `test`: the same with the demo CRM's adapter, for loopback. */
export const builds = {
  release: { folder: 'chrome-mv3', command: 'npm run build' },
  test: { folder: 'chrome-mv3-e2e', command: 'npm run build:e2e' },
} as const;
export type BuildName = keyof typeof builds;

const folderOf = (name: BuildName): string => join(outputFolder, builds[name].folder);

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** What the person should do before these figures mean something; empty when the builds are there and newer than the code. */
export function buildProblems(): { readonly missing: string[]; readonly old: string[] } {
  const missing: string[] = [];
  const old: string[] = [];
  const changed = Math.max(...sources.map((name) => newest(join(root, name))));
  for (const [name, { folder, command }] of Object.entries(builds)) {
    const manifest = join(folderOf(name as BuildName), 'manifest.json');
    if (!existsSync(manifest)) missing.push(`.output/${folder} is not there: run \`${command}\` first.`);
    else if (statSync(manifest).mtimeMs < changed)
      old.push(`.output/${folder} is older than the code: run \`${command}\` to measure what is there now.`);
  }
  return { missing, old };
}

export interface Scratch {
  /** A new folder, removed at the end. */
  folder(name: string): string;
  /** This run's own copy of a build. */
  build(name: BuildName): string;
  remove(): void;
}

export function createScratch(): Scratch {
  const base = mkdtempSync(join(tmpdir(), 'relevo-bench-'));
  const folder = (name: string): string => mkdtempSync(join(base, `${name}-`));
  const copies = new Map<BuildName, string>();
  return {
    folder,
    build(name) {
      const known = copies.get(name);
      if (known !== undefined) return known;
      const copy = folder(name);
      cpSync(folderOf(name), copy, { recursive: true });
      copies.set(name, copy);
      return copy;
    },
    remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export interface OpenOptions {
  readonly profile: string;
  /** Folder of a build; `null` for the browser without the extension. */
  readonly extension: string | null;
  /** For what looks into the browser from beside Playwright. */
  readonly debuggingPort?: boolean;
}

export async function openBrowser({ profile, extension, debuggingPort }: OpenOptions): Promise<BrowserContext> {
  const args = extensionArguments(extension ?? '').filter((arg) => extension !== null || !/extension/.test(arg));
  if (debuggingPort) args.push('--remote-debugging-port=0');
  return chromium.launchPersistentContext(profile, {
    executablePath: requireChromium(),
    // Playwright's own headless mode knows no extensions; Chromium's new one does.
    headless: false,
    args: ['--headless=new', '--hide-scrollbars', ...args, '--lang=en'],
    env: { ...(process.env as Record<string, string>), LANGUAGE: 'en' },
    locale: 'en',
    viewport: { width: 1280, height: 860 },
    colorScheme: 'light',
  });
}

export async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 15_000 }));
}

const always = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);

/** The built-in promises on a calendar that never closes: the same work at every hour that the bench runs at. */
export const benchAgreement = {
  schema: 1,
  id: 'bench',
  version: 1,
  atRisk: { share: 0.75, floorMinutes: 5 },
  calendars: { office: { timeZone: 'UTC', weekly: always } },
  commitments: [
    { id: 'accept', owedBy: 'sales', rules: [{ target: { workingMinutes: 240, calendar: 'office' } }] },
    { id: 'first-touch', owedBy: 'sales', rules: [{ target: { workingMinutes: 60, calendar: 'office' } }] },
  ],
};
/** The same hours for the demo CRM, which dates its leads by them. */
export const benchHours = { zone: 'UTC', days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1_440 };

export async function applyAgreement(context: BrowserContext): Promise<void> {
  const worker = await workerOf(context);
  await worker.evaluate((agreement) => chrome.storage.sync.set({ agreement }), benchAgreement);
}
