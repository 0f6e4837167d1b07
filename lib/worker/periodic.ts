/** Alarms that come again and again. Browsers may drop them at a restart, so whoever needs one asks for it once more. */
import { browser } from 'wxt/browser';

/**
 * Leaves an alarm alone that comes within its period. One that lies farther off was set while the computer's clock was ahead,
 * and would not come until then.
 */
export async function keepPeriodic(name: string, everyMs: number, now: number): Promise<void> {
  const current = await browser.alarms.get(name);
  if (current && current.scheduledTime <= now + everyMs) return;
  await browser.alarms.create(name, { periodInMinutes: everyMs / 60_000 });
}
