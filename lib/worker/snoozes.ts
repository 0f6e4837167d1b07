/** Whose reminders this person silenced. A snooze moves no clock; it lasts a week at most, and so none may last longer. */
import type { LeadKey } from '../lead/lead';
import type { Ledger } from '../ledger/types';

/** The longest that is offered is a week, up to nine in the morning; ms. */
export const longestSnoozeMs = 8 * 86_400_000;

/** Leads that are silent now, and until when. What lasts longer was asked for while the computer's clock was ahead. */
export async function silentAt(ledger: Ledger, now: number): Promise<ReadonlyMap<LeadKey, number>> {
  const all = await ledger.snoozedAt(now);
  return new Map([...all].filter(([, until]) => until <= now + longestSnoozeMs));
}

/** Else they would silence a lead once the time has come. */
export async function dropSnoozesFromAhead(ledger: Ledger, now: number): Promise<void> {
  const ahead = [...(await ledger.snoozedAt(now + longestSnoozeMs)).keys()];
  if (ahead.length > 0) await ledger.snooze(ahead, null);
}
