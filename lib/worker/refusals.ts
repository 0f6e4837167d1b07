/** How many messages were refused, by type and reason: a number for the diagnostics, never what they said. */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { readStored } from '../settings/stored';
import { createQueue } from './queue';

const storageKey = 'refusals';
const schema = z.record(z.string().max(80), z.number().int().min(0));
const alone = createQueue();

export function countRefusal(type: string, why: 'sender' | 'shape'): void {
  void alone(async () => {
    const counts = await readRefusals();
    const name = `${type}:${why}`;
    await browser.storage.session.set({ [storageKey]: { ...counts, [name]: (counts[name] ?? 0) + 1 } });
  });
}

export async function readRefusals(): Promise<Readonly<Record<string, number>>> {
  const stored = await readStored('session', storageKey, schema);
  return stored.kind === 'value' ? stored.value : {};
}
