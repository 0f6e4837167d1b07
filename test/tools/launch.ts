/** Starts Chromium with the extension loaded, for the demo and the end-to-end tests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Worker } from '@playwright/test';
import { extensionArguments } from './browsers.ts';

export const outputFolder = join(import.meta.dirname, '../../.output');
export const chromiumBuild = join(outputFolder, 'chrome-mv3-e2e');

export interface Launched {
  readonly context: BrowserContext;
  readonly extensionId: string;
  /**
   * The running worker; a stopped one is started again by the next message. One that was stopped is listed for a moment
   * longer than it lives, so each is asked when it began.
   *
   * @param since instant in ms that it must have begun after
   */
  worker(since?: number): Promise<Worker>;
  /** A page of the extension in a tab of its own. */
  openExtensionPage(path: string): Promise<Page>;
}

export interface LaunchOptions {
  readonly executablePath: string;
  readonly extension?: string;
  readonly headless?: boolean;
  /** Language of the browser, and so of the extension. */
  readonly language?: string;
  /** IANA zone of the whole browser, worker included. */
  readonly timeZone?: string;
  readonly profile?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

const workerWithinMs = 15_000;

async function liveWorker(context: BrowserContext, since = 0): Promise<Worker> {
  const giveUpAt = Date.now() + workerWithinMs;
  while (Date.now() < giveUpAt) {
    for (const listed of context.serviceWorkers()) {
      const began = await listed.evaluate(() => performance.timeOrigin).catch(() => null);
      if (began !== null && began >= since) return listed;
    }
    // Ends with the next start, or goes on to ask again: the event may have come while the others were asked.
    await context.waitForEvent('serviceworker', { timeout: 100 }).catch(() => null);
  }
  throw new Error('The worker of the extension did not start.');
}

/** @throws when the build is not there. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const extension = options.extension ?? chromiumBuild;
  if (!existsSync(join(extension, 'manifest.json')))
    throw new Error('The extension is not built yet: run `npm run build:e2e` first.');
  const headless = options.headless ?? true;
  const language = options.language ?? 'en';
  const context = await chromium.launchPersistentContext(options.profile ?? '', {
    executablePath: options.executablePath,
    // Playwright's own headless mode knows no extensions; Chromium's new one does.
    headless: false,
    args: [
      ...(headless ? ['--headless=new', '--hide-scrollbars'] : []),
      ...extensionArguments(extension),
      `--lang=${language}`,
    ],
    env: {
      ...(process.env as Record<string, string>),
      LANGUAGE: language,
      ...(options.timeZone === undefined ? {} : { TZ: options.timeZone }),
    },
    locale: language,
    viewport: options.viewport ?? { width: 1280, height: 860 },
    colorScheme: options.colorScheme ?? 'light',
  });
  const worker = (since?: number): Promise<Worker> => liveWorker(context, since);
  const extensionId = new URL((await worker()).url()).host;
  return {
    context,
    extensionId,
    worker,
    async openExtensionPage(path) {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${extensionId}/${path}`);
      return page;
    },
  };
}

export interface BadgeWords {
  readonly lead: string;
  readonly state: string;
  readonly due: string | null;
  /** What a screen reader says; `null` while the badge is out of sight and not built. */
  readonly label: string | null;
}

/** What each badge on a page says, in the order of the page. */
export function readBadges(page: Page): Promise<BadgeWords[]> {
  return page.$$eval('relevo-badge', (badges) =>
    badges.map((badge) => ({
      lead: badge.getAttribute('data-lead') ?? '',
      state: badge.getAttribute('data-state') ?? '',
      due: badge.getAttribute('data-due'),
      label: badge.shadowRoot?.querySelector('button')?.getAttribute('aria-label') ?? null,
    })),
  );
}
