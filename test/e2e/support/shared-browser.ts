/**
 * One browser for the tests with the same options, because starting one costs more than most tests do; the two that were
 * used last stay open. What a test left is taken away before the next one: its pages, its cookies, whatever the extension
 * stored and whatever its worker remembers. Where that does not work, there is a new browser.
 */
import { requireChromium } from '../../tools/browsers.ts';
import { launch, type Launched, type LaunchOptions } from '../../tools/launch.ts';
import { forget } from './forget.ts';

const keptOpen = 2;

/** By their options, the one that was used last at the end. */
const open = new Map<string, Launched>();
let current: Launched | null = null;

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
  const { language = 'en', colorScheme = 'light', ...others } = options;
  const whole: LaunchOptions = { executablePath: requireChromium(), language, colorScheme, ...others };
  const name = JSON.stringify(whole);
  const launched = (await cleaned(open.get(name))) ?? (await launch(whole));
  open.delete(name);
  open.set(name, launched);
  current = launched;
  for (const eldest of [...open.values()].slice(0, -keptOpen)) await close(eldest);
  return launched;
}

/** @returns `null` where a browser could not be made as new. */
async function cleaned(launched: Launched | undefined): Promise<Launched | null> {
  if (!launched) return null;
  try {
    await reset(launched);
    return launched;
  } catch {
    await close(launched);
    return null;
  }
}

async function close(leaving: Launched): Promise<void> {
  for (const [name, launched] of open) if (launched === leaving) open.delete(name);
  await leaving.context.close();
}

/** The browser as the test before left it, without the pages that it opened. @throws when there is none. */
export async function goOn(): Promise<Launched> {
  if (!current) throw new Error('A group of tests that only look has lost its browser.');
  const [first, ...others] = current.context.pages();
  for (const other of others) await other.close();
  await first?.bringToFront();
  return current;
}

export async function closeShared(): Promise<void> {
  current = null;
  for (const launched of open.values()) await launched.context.close();
  open.clear();
}
