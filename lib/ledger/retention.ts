/**
 * How long facts are kept. A lead that nothing happened to for longer than the agreement says, and that is closed or was not
 * seen for as long, becomes counts by day, and is gone. It must never forget too early: a clock that jumped ahead by a year is
 * no year that went by, and is no better on the next day.
 */
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import { standing } from '../lead/standing';
import type { Ledger } from './types';

const dayMs = 86_400_000;
const lastRun = 'retention';
/** Name of the note since when the clock has gone on day by day, epoch ms. */
const steadySince = 'retention-steady';
/** Leads of one transaction: whoever waits behind it should not notice. */
const leadsAtOnce = 100;

/** Two looks at the clock this far apart, and no farther, are taken for time that really went by. */
const restAtLeastMs = 20 * 3_600_000;
const restAtMostMs = 7 * dayMs;
/**
 * A clock that has gone on like that for this long is right. With one that is far ahead no CRM can be opened, because the
 * certificates of sites have run out, so nobody lives with it for two weeks.
 */
const steadyMs = 14 * dayMs;

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

/** Facts of a version of an agreement stand where those of a lead do: who signed it and who has read it. */
const isOfAgreement = ({ kind }: Fact): boolean => kind === 'approval' || kind === 'acknowledgement';

/**
 * Whether a lead's time is up. One that nobody ever closed is over when it was not seen since: on a CRM whose statuses have no
 * meaning nothing else would end it.
 * @param cutoff epoch ms; whatever happened at or after it keeps the lead.
 */
export function isForgettable(lead: Lead | undefined, facts: readonly Fact[], cutoff: number): boolean {
  if (facts.some((fact) => fact.at >= cutoff || isOfAgreement(fact))) return false;
  if (lead && lead.seenAt < cutoff) return true;
  return facts.length > 0 && (lead === undefined || isClosed(facts));
}

export type RetentionRun =
  | { readonly ran: true; readonly leads: number; readonly facts: number }
  /** `too-soon`: it was asked within a day. `clock-unsure`: the clock has not gone on day by day for long enough. */
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
  const isSteady = rest !== undefined && rest >= 0 && rest <= restAtMostMs;
  const since = isSteady ? ((await ledger.note(steadySince)) ?? now) : now;
  if (now - since < steadyMs) {
    await ledger.setNote(steadySince, since);
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
