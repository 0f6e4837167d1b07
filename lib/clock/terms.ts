/**
 * Which terms govern a run, and the schedule that follows from them: version in force at the hand-off (rule 8), change of
 * tier (rule 9), explicit application of another version, enforcement date (rule 13).
 */
import type { CommitmentId } from '../agreement/schema';
import type { PauseInterval } from '../calendar/types';
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import type { CalendarSource } from '../calendar/types';
import { inOwnTime } from './own-time';
import { matchRule, type ReadAgreement, type Terms } from './rules';
import type { Story } from './story';

/** All that the clocks of one lead have in common. */
export interface Context {
  readonly lead: Lead;
  readonly story: Story;
  readonly agreements: readonly ReadAgreement[];
  /** The version that the lead is bound to by its hand-off. */
  readonly bound: ReadAgreement;
  readonly calendars: CalendarSource;
  readonly now: number;
}

export interface Schedule {
  readonly runsFrom: number;
  /** `null` while a pause without end keeps it open. */
  readonly dueAt: number | null;
  readonly atRiskAt: number | null;
  /** The target, and what a change of tier added to it. */
  readonly allowanceMs: number;
  /** Own time left at `limit`. */
  readonly leftMs: number;
}

/** Terms of a run, and its schedule; no schedule where the calendar gives none. */
export interface Governed {
  readonly terms: Terms;
  /** Instant of the change of tier that these terms come from. */
  readonly changedAt: number | null;
  readonly schedule: Schedule | null;
}

/** The version in force at an instant: the greatest `effectiveFrom` at or before it, then the highest version. */
export function inForce(agreements: readonly ReadAgreement[], at: number): ReadAgreement | null {
  let best: ReadAgreement | null = null;
  for (const one of agreements) {
    if (one.effectiveFrom > at) continue;
    const isBetter =
      !best ||
      one.effectiveFrom > best.effectiveFrom ||
      (one.effectiveFrom === best.effectiveFrom && one.agreement.version > best.agreement.version);
    if (isBetter) best = one;
  }
  return best;
}

/** The agreement and the tier as facts change them. */
interface Situation {
  readonly agreement: ReadAgreement;
  readonly tier: string | undefined;
}

/** The first change says what was before it; where it does not, that is not known: the CRM's field says what is now. */
function before(context: Context): Situation {
  const changed = context.story.changes.find((fact) => fact.kind === 'tier-change');
  return { agreement: context.bound, tier: changed ? changed.from : context.lead.fields.tier };
}

function after(situation: Situation, fact: Fact, agreements: readonly ReadAgreement[]): Situation {
  if (fact.kind === 'tier-change') return { ...situation, tier: fact.tier };
  if (fact.kind !== 'agreement-applied') return situation;
  const applied = agreements.find((one) => one.agreement.version === fact.version);
  return applied ? { ...situation, agreement: applied } : situation;
}

/** Versions that govern this lead now or did before, the present one first. */
export function bindings(context: Context): ReadAgreement[] {
  let situation = before(context);
  const all = [situation.agreement];
  for (const fact of context.story.changes) {
    situation = after(situation, fact, context.agreements);
    if (situation.agreement !== all[0]) all.unshift(situation.agreement);
  }
  return all;
}

function termsIn(context: Context, id: CommitmentId, startAt: number | null, situation: Situation): Terms | null {
  // Rule 13. Where the hand-off is not known, the start of the run has to do.
  const judgedBy = context.story.handOff?.at ?? startAt ?? Number.POSITIVE_INFINITY;
  if (judgedBy < situation.agreement.enforcedFrom) return null;
  return matchRule(situation.agreement, id, context.lead.fields, situation.tier);
}

/** Terms of a run whose start is not known: those that hold now. */
export function presentTerms(context: Context, id: CommitmentId): Terms | null {
  let situation = before(context);
  for (const fact of context.story.changes) situation = after(situation, fact, context.agreements);
  return termsIn(context, id, null, situation);
}

/**
 * Terms and schedule of a run from `startAt`, as seen now, or when it was over at `overAt`: what changed afterwards does not
 * touch it. `null` where nothing is promised.
 */
export function govern(
  context: Context,
  id: CommitmentId,
  startAt: number,
  overAt: number | null,
  pauses: readonly PauseInterval[],
): Governed | null {
  const { changes } = context.story;
  const limit = overAt ?? context.now;
  const scheduleOf = (terms: Terms, changedAt: number | null): Schedule | null =>
    schedule(context, terms, startAt, changedAt, limit, pauses);

  let situation = before(context);
  let index = 0;
  for (; index < changes.length && changes[index]!.at <= startAt; index++)
    situation = after(situation, changes[index]!, context.agreements);

  let terms = termsIn(context, id, startAt, situation);
  let changedAt: number | null = null;
  for (const fact of changes.slice(index)) {
    if (overAt !== null && fact.at >= overAt) break;
    situation = after(situation, fact, context.agreements);
    const next = termsIn(context, id, startAt, situation);
    if (next === terms) continue;
    // Rules 6, 8 and 9: what was too late before the change stays too late.
    const dueBefore = terms && scheduleOf(terms, changedAt)?.dueAt;
    if (typeof dueBefore === 'number' && dueBefore < fact.at) break;
    terms = next;
    // An agreement that is applied later takes nothing from what a change of tier left to do in.
    if (fact.kind === 'tier-change') changedAt = fact.at;
  }
  return terms && { terms, changedAt, schedule: scheduleOf(terms, changedAt) };
}

/** `null` where the calendar is missing, wrong, or never opens from the start on. */
export function schedule(
  context: Pick<Context, 'calendars'>,
  terms: Terms,
  startAt: number,
  changedAt: number | null,
  limit: number,
  pauses: readonly PauseInterval[],
): Schedule | null {
  const { targetMs, warnMs, graceMs } = terms;
  return inOwnTime(terms.rule.target, terms.agreement, context.calendars, startAt, limit, (time) => {
    const runsFrom = time.nextOpen(startAt);
    if (runsFrom === null) return null;
    // Rule 9: the later of (start + new target) and (change + what the at-risk share leaves of it), in the target's own time.
    const allowanceMs =
      changedAt === null ? targetMs : Math.max(targetMs, time.worked(startAt, changedAt, pauses) + graceMs);
    const due = time.deadline(startAt, allowanceMs, pauses);
    return {
      runsFrom,
      dueAt: due !== null && changedAt !== null ? Math.max(due, changedAt) : due,
      atRiskAt: time.deadline(startAt, allowanceMs - warnMs, pauses),
      allowanceMs,
      leftMs: allowanceMs - time.worked(startAt, limit, pauses),
    };
  });
}
