/** From a lead and its facts to the record that the ledger keeps: clocks, and the two instants it is found by. */
import { evaluate } from '../clock';
import { assertNever } from '../clock/assert-never';
import type { Clock } from '../clock/types';
import { isPerhapsLate } from '../clock/urgency';
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import { seenByNow } from '../lead/seen-by-now';
import type { LeadRecord } from '../ledger/types';
import type { AgreementInForce, WorkerContext } from './context';
import { questionsOf } from './situation';

/** Whether somebody can still do something about this clock. */
export function needsAttention(clock: Pick<Clock, 'state' | 'dueAt' | 'unknown'>): boolean {
  switch (clock.state) {
    case 'scheduled':
    case 'running':
    case 'at-risk':
    case 'overdue':
      return clock.dueAt !== null;
    case 'unknown':
      return clock.dueAt !== null && isPerhapsLate(clock);
    case 'paused':
    case 'met':
    case 'missed':
    case 'ended':
      return false;
    default:
      return assertNever(clock.state);
  }
}

const least = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((a, b) => Math.min(a, b));

/** Computes a lead's record under the agreement in force. */
export function project(
  given: Lead,
  facts: readonly Fact[],
  inForce: AgreementInForce,
  context: Pick<WorkerContext, 'calendars' | 'now'>,
): LeadRecord {
  const now = context.now();
  const lead = seenByNow(given, facts, now);
  const clocks = evaluate(lead, facts, inForce.versions, context.calendars, now);
  const questions = questionsOf(facts, now);
  const waiting = clocks.filter(needsAttention);
  const attention = least(waiting.map((clock) => clock.atRiskAt ?? clock.dueAt ?? Number.MAX_SAFE_INTEGER));
  // A fact that lies ahead counts from its instant on.
  const ahead = facts.flatMap(({ at }) => (at > now ? at : []));
  const nextChangeAt = least([...clocks.flatMap((clock) => clock.nextChangeAt ?? []), ...ahead]);
  return {
    key: lead.key,
    lead,
    clocks,
    projection: inForce.projection,
    ...(attention === undefined ? {} : { attention }),
    ...(nextChangeAt === undefined ? {} : { nextChangeAt }),
    ...(questions.length === 0 ? {} : { questions }),
  };
}

/** The same record with its clocks computed anew; what else is known of how it was read stays. */
export function projectAgain(
  record: LeadRecord,
  facts: readonly Fact[],
  inForce: AgreementInForce,
  context: Pick<WorkerContext, 'calendars' | 'now'>,
): LeadRecord {
  const { dupes, views, missedAt } = record;
  return {
    ...project(record.lead, facts, inForce, context),
    ...(dupes === undefined ? {} : { dupes }),
    ...(views === undefined ? {} : { views }),
    ...(missedAt === undefined ? {} : { missedAt }),
  };
}
