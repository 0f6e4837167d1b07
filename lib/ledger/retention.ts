/**
 * How long facts are kept. A lead that is closed and that nothing happened to for longer than the agreement says becomes
 * counts by day, and is gone. It must never forget too early: a clock that jumped ahead by a year is no year that went by.
 */
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import { standing } from '../lead/standing';
import type { Ledger } from './types';

const dayMs = 86_400_000;
const lastRun = 'retention';
/** Leads of one transaction: whoever waits behind it should not notice. */
const leadsAtOnce = 100;

/** Two looks at the clock this far apart, and no farther, are taken for time that really went by. */
const restAtLeastMs = 20 * 3_600_000;
const restAtMostMs = 7 * dayMs;

/** Whether the last word on this lead is that it is over: a disposition, or a rejection that nobody took back. */
function isClosed(facts: readonly Fact[]): boolean {
  let closedAt = Number.NEGATIVE_INFINITY;
  let openedAt = Number.NEGATIVE_INFINITY;
  for (const fact of standing(facts)) {
    const closes = fact.kind === 'disposition' || (fact.kind === 'verdict' && fact.verdict === 'rejected');
    if (closes) closedAt = Math.max(closedAt, fact.at);
    else if (fact.kind === 'reopen' || fact.kind === 'hand-off' || fact.kind === 'verdict')
      openedAt = Math.max(openedAt, fact.at);
  }
  return closedAt >= openedAt && closedAt !== Number.NEGATIVE_INFINITY;
}

/**
 * Whether a lead's time is up. A lead that has no facts is over when it was not seen since: nothing runs on it.
 * @param cutoff epoch ms; whatever happened at or after it keeps the lead.
 */
export function isForgettable(lead: Lead | undefined, facts: readonly Fact[], cutoff: number): boolean {
  if (facts.length === 0) return lead !== undefined && lead.seenAt < cutoff;
  return facts.every((fact) => fact.at < cutoff) && isClosed(facts);
}

export type RetentionRun =
  | { readonly ran: true; readonly leads: number; readonly facts: number }
  /** `too-soon`: it ran within a day. `clock-unsure`: not long enough ago to be sure of the clock; the next day decides. */
  | { readonly ran: false; readonly why: 'too-soon' | 'clock-unsure' };

/**
 * Forgets what is due, step by step. Call it about daily, at every wake-up; it knows by itself when to run. A stop between
 * two steps loses nothing and counts nothing twice.
 * @param now epoch ms
 */
export async function applyRetention(
  ledger: Ledger,
  { now, retentionDays }: { readonly now: number; readonly retentionDays: number },
  signal?: AbortSignal,
): Promise<RetentionRun> {
  const last = await ledger.note(lastRun);
  const rest = last === undefined ? undefined : now - last;
  if (rest !== undefined && rest >= 0 && rest < restAtLeastMs) return { ran: false, why: 'too-soon' };
  if (rest === undefined || rest < 0 || rest > restAtMostMs) {
    await ledger.setNote(lastRun, now);
    return { ran: false, why: 'clock-unsure' };
  }
  const totals = { leads: 0, facts: 0 };
  let after: string | undefined;
  do {
    const step = { cutoff: now - retentionDays * dayMs, now, limit: leadsAtOnce };
    const done = await ledger.retain(after === undefined ? step : { ...step, after });
    totals.leads += done.leads;
    totals.facts += done.facts;
    after = done.next;
    if (signal?.aborted) return { ran: true, ...totals };
  } while (after !== undefined);
  await ledger.setNote(lastRun, now);
  return { ran: true, ...totals };
}
