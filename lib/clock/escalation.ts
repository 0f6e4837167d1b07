/**
 * Which level of the agreement's escalation a clock has reached, and who is told. Pure. An overdue that nobody has seen to be
 * one is none yet (rule 12): such a clock escalates no further than "at risk".
 */
import type { EscalationLevel } from '../agreement/schema';
import type { Party } from '../lead/facts';
import type { Clock } from './types';
import { isPerhapsLate } from './urgency';

export interface Escalated {
  /** Id of the agreement's level. */
  readonly level: string;
  readonly on: EscalationLevel['on'];
  readonly to: {
    readonly role: 'owner' | 'manager' | Party | 'named';
    /** `null` where only the role is known. */
    readonly name: string | null;
  };
  /** Since when, epoch ms. */
  readonly since: number;
}

const minute = 60_000;

/** Of a clock that is not over. */
export type Pressing = Pick<Clock, 'commitment' | 'owedBy' | 'state' | 'unknown' | 'dueAt' | 'atRiskAt'>;

/** Since when it has reached this level, epoch ms; `null`: it has not. */
export function reachedSince(clock: Pressing, level: EscalationLevel, now: number): number | null {
  if (level.commitments && !level.commitments.includes(clock.commitment)) return null;
  const isLate = clock.state === 'overdue';
  const isPressing = isLate || clock.state === 'at-risk' || isPerhapsLate(clock);
  if (level.on === 'overdue' ? !isLate : !isPressing) return null;
  const from = level.on === 'overdue' ? clock.dueAt : clock.atRiskAt;
  if (from === null) return null;
  const since = from + level.afterMinutes * minute;
  return since <= now ? since : null;
}

/**
 * Who is told. Somebody always is: of a lead that nobody owns, without a name for it, the side that owes the promise.
 * @param owner the lead's owner; `null` where it has none.
 */
export function recipientOf(level: EscalationLevel, owner: string | null, owedBy: Party): Escalated['to'] {
  const { tell, unowned = null } = level;
  if (typeof tell === 'object') return { role: 'named', name: tell.name };
  if (tell !== 'owner') return { role: tell, name: null };
  if (owner !== null) return { role: 'owner', name: owner };
  return unowned === null ? { role: owedBy, name: null } : { role: 'named', name: unowned };
}

/**
 * Every level that one of the clocks has reached, the latest last.
 * @param owner the lead's owner; `null` where it has none.
 */
export function escalationsOf(
  clocks: readonly Clock[],
  levels: readonly EscalationLevel[],
  owner: string | null,
  now: number,
): (Escalated & { readonly owedBy: Party })[] {
  const reached = clocks.flatMap((clock) =>
    levels.flatMap((level) => {
      const { owedBy, doneAt } = clock;
      const since = doneAt === null ? reachedSince(clock, level, now) : null;
      if (since === null) return [];
      return [{ level: level.id, on: level.on, to: recipientOf(level, owner, owedBy), since, owedBy }];
    }),
  );
  const rank = ({ on }: Escalated): number => (on === 'overdue' ? 1 : 0);
  return reached.toSorted((a, b) => rank(a) - rank(b) || a.since - b.since);
}
