/** Types of a clock. Plain JSON: clocks go from the worker to the page, the popup and the panel. Instants are epoch ms. */
import type { CommitmentId, Target } from '../agreement/schema';
import type { FactKind, Party } from '../lead/facts';
import type { LeadKey } from '../lead/lead';

export const clockStates = [
  'scheduled',
  'running',
  'at-risk',
  'overdue',
  'paused',
  'met',
  'missed',
  'ended',
  'unknown',
] as const;
export type ClockState = (typeof clockStates)[number];

/** From `at` on the clock is in `state`, if nothing new happens. */
export interface StateChange {
  readonly at: number;
  readonly state: ClockState;
}

/** A pause as it applied to one clock; `to` is `null` while it lasts. */
export interface ClockPause {
  readonly from: number;
  readonly to: number | null;
  readonly reason: string;
  readonly author: string;
}

/**
 * Why a clock cannot be judged: no readable start, no observation newer than the due instant, touches that could not be
 * read, evidence without an instant, or a calendar that is missing or never opens.
 */
export type UnknownReason = 'no-start' | 'stale' | 'touches' | 'evidence' | 'no-due';

/** One time commitment applied to one lead. */
export interface Clock {
  readonly lead: LeadKey;
  readonly commitment: CommitmentId;
  /** `owner` for the clock that a new owner gets from the assignment (rule 7), else `lead`. */
  readonly subject: 'lead' | 'owner';
  readonly owedBy: Party;
  readonly clause: string | null;
  readonly agreementVersion: number;
  readonly target: Target;
  /** Calendar id, or `null` for elapsed time. */
  readonly calendar: string | null;
  readonly state: ClockState;
  /** When it started; `null` when that is not known (then the state is `unknown`, or `ended`). */
  readonly startAt: number | null;
  /** First instant that counts: `startAt`, or the next opening after it. */
  readonly runsFrom: number | null;
  /** Kind of the fact that started it; `null` where the start is not known. */
  readonly startEvent?: FactKind | null;
  /** Time that a change of tier at `at` added to the target, so that it is not late at a stroke (rule 9). */
  readonly extended?: { readonly at: number; readonly ms: number };
  /** `null` when unknown, or while a pause without end keeps it open. */
  readonly dueAt: number | null;
  /** From when on it is at-risk. */
  readonly atRiskAt: number | null;
  /** When it was fulfilled or ended. */
  readonly doneAt: number | null;
  /** What happened in time or too late is only known to lie in `[doneEarliest, doneAt]`. */
  readonly doneEarliest: number | null;
  /**
   * Time of the target left, in the target's own time, ms; negative after the due instant. At `asOf` while it is open, at
   * `doneAt` once it is over; `null` when not known.
   */
  readonly leftMs: number | null;
  readonly asOf: number;
  readonly pauses: readonly ClockPause[];
  /** Coming changes after `asOf`, soonest first. */
  readonly upcoming: readonly StateChange[];
  /** First of `upcoming`. */
  readonly nextChangeAt: number | null;
  /** Set exactly when the state is `unknown`. */
  readonly unknown: UnknownReason | null;
  /** Since when it is unknown (rule 12). */
  readonly unknownSince: number | null;
}
