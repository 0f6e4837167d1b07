/**
 * One browser for the tests that follow each other with the same options: starting one costs more than most tests do. What
 * a test left is taken away before the next one: its pages, its cookies, whatever the extension stored and whatever its
 * worker remembers. Where that does not work, there is a new browser.
 */
import { requireChromium } from '../../tools/browsers.ts';
import { launch, type Launched, type LaunchOptions } from '../../tools/launch.ts';
import { forget } from './forget.ts';

interface Shared {
  readonly name: string;
  readonly launched: Launched;
}

let shared: Shared | null = null;
let isSpoilt = false;

async function reset({ context, extensionId, worker }: Launched): Promise<void> {
  const page = await context.newPage();
  for (const other of context.pages()) if (other !== page) await other.close();
  await context.clearCookies();
  // A page without a script of ours: nothing asks the worker, and nothing opens the database again.
  await page.goto(`chrome-extension://${extensionId}/manifest.json`);
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await page.evaluate(forget);
  // What was cleared has woken the worker; it starts again without a memory of it, which it may do at once.
  const stoppedAt = Date.now();
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  // Any message wakes it; who asks for one does not matter.
  await page.evaluate(() => chrome.runtime.sendMessage({ id: 1, type: 'viewers', data: {}, timestamp: Date.now() }));
  await worker(stoppedAt);
  await page.goto('about:blank');
}

/** A browser as if it had just been started. */
export async function browserFor(options: Partial<LaunchOptions>): Promise<Launched> {
  const name = JSON.stringify(options);
  if (shared?.name === name && !isSpoilt) {
    const { launched } = shared;
    const clean = await reset(launched).then(
      () => true,
      () => false,
    );
    if (clean) return launched;
  }
  await closeShared();
  const launched = await launch({ executablePath: requireChromium(), ...options });
  shared = { name, launched };
  isSpoilt = false;
  return launched;
}

/** The browser as the test before left it, without the pages that it opened. @throws when there is none. */
export async function goOn(): Promise<Launched> {
  if (!shared || isSpoilt) throw new Error('A group of tests that only look has lost its browser.');
  const { launched } = shared;
  const [first, ...others] = launched.context.pages();
  for (const other of others) await other.close();
  await first?.bringToFront();
  return launched;
}

/** What a test did to its browser can't be taken back: the next one has another. */
export function spoil(): void {
  isSpoilt = true;
}

export async function closeShared(): Promise<void> {
  const leaving = shared;
  shared = null;
  await leaving?.launched.context.close();
}
