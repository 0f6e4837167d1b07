/**
 * What an organisation has set in `storage.managed`, as it was set. Chromium answers that only when it has read all policies,
 * some seconds after it was started, and badges should not wait so long: until then what was said last time counts, and where it
 * was something else, all is read anew. Whoever may only act if nothing is locked waits for the answer.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { readStored } from './stored';

const keptKey = 'policy:last';
/** A policy that is longer is waited for. */
const keptAtMost = 1_000_000;
/** JSON, as text: a storage area brings an object back with its keys in another order. */
const keptSchema = z.strictObject({ text: z.string().max(keptAtMost) });

/** Later than any answer of a browser that has its policies. */
export const patienceMs = 50;

/** As it is now, however long that takes. @returns `null` where the browser has none at all, as Firefox says by an error. */
export async function managedNow(): Promise<unknown> {
  try {
    return await browser.storage.managed.get(null);
  } catch {
    return null;
  }
}

async function readKept(): Promise<string | null> {
  const stored = await readStored('local', keptKey, keptSchema);
  return stored.kind === 'value' ? stored.value.text : null;
}

const late = Symbol('no answer yet');

/** A question that has been open for longer than we wait. */
let open: Promise<unknown> | undefined;

async function answerInTime(asked: Promise<unknown>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), patienceMs);
  });
  const answer = await Promise.race([asked, patience]);
  clearTimeout(timer);
  return answer;
}

/** As it is now, or as it was last time where the browser does not say yet; see {@link noteManaged}. */
export async function managedSoon(): Promise<unknown> {
  let asked = open;
  if (!asked) {
    asked = managedNow();
    const answer = await answerInTime(asked);
    if (answer !== late) return answer;
    open = asked;
    void asked.then(() => (open = undefined));
  }
  const kept = await readKept();
  return kept === null ? asked : parsed(kept);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Keeps what it says for the next start of the browser; only the worker does.
 * @returns whether it says something else than last time: then whatever was made of that has to be made anew.
 */
export async function noteManaged(): Promise<boolean> {
  const [value, before] = await Promise.all([managedNow(), readKept()]);
  const text = JSON.stringify(value) ?? 'null';
  if (text === before) return false;
  await (
    text.length > keptAtMost
      ? browser.storage.local.remove(keptKey)
      : browser.storage.local.set({ [keptKey]: { text } })
  ).catch(() => {});
  return before !== null;
}
