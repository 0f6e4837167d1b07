/**
 * What the report keeps of each lead: a *digest*, small, plain JSON and made once per change of the lead, so that a year is
 * read without its facts. A digest says what happened and judges nothing that a clock has not judged. Instants are epoch ms,
 * lengths ms. Changing the shape means a new `digestSchema`; digests are a projection and can always be made again.
 */
import type { CommitmentId } from '../agreement/schema';
import type { Outcome, Party, Readiness } from '../lead/facts';
import type { LeadKey } from '../lead/lead';

export const digestSchema = 6;

/** `ended`: closed or handed back in time, so that nothing was owed any more. An overdue clock is `missed` already. */
export const results = ['met', 'missed', 'open', 'unknown', 'ended'] as const;
export type Result = (typeof results)[number];

/** How long something took; `workingMs` is `null` where no calendar says. Pauses count as elapsed and not as working time. */
export interface Spent {
  readonly elapsedMs: number;
  readonly workingMs: number | null;
}

/** One time commitment on one lead, once for each flag, message, touch gap, block or owner that it ran for. */
export interface DigestClock {
  readonly commitment: CommitmentId;
  readonly subject: 'lead' | 'owner';
  readonly owedBy: Party;
  readonly clause: string | null;
  readonly version: number;
  readonly result: Result;
  /** It measures the owner that the lead has now: it began under them, or was decided under them. */
  readonly ofOwner: boolean;
  /** Over: fulfilled, or nothing to fulfil any more. A missed clock that is not over is overdue. */
  readonly over: boolean;
  readonly dueAt: number | null;
  /** Target in its own time (working or elapsed), with what a change of tier added. */
  readonly targetMs: number;
  /** Only where it was fulfilled and both ends are exact. */
  readonly took: Spent | null;
  /** The same in the target's own time, which pauses never count in. */
  readonly ownMs: number | null;
}

/** A flag, or a rejection whose reason is about data: marketing owes an answer to both. */
export interface DigestFlag {
  readonly reason: string;
  readonly axis: 'fit' | 'readiness' | null;
  readonly data: boolean;
  /** Whether it is a flag of its own, and not a rejection. */
  readonly flag: boolean;
  readonly answer: 'fixed' | 'disputed' | 'agreed' | null;
  /** From the flag to its first answer. */
  readonly took: Spent | null;
}

export const verdicts = ['accepted', 'rejected', 'recycled', 'undecided'] as const;
export type VerdictPart = (typeof verdicts)[number];

/** What became of a recycled lead. */
export const fates = ['won', 'lost', 'closed', 'accepted', 'rejected', 'waiting'] as const;
export type Fate = (typeof fates)[number];

/** Why a lead lies where it lies; the first that holds, in this order. */
export const causes = [
  'no-owner',
  'blocked',
  'recycle-over',
  'unanswered',
  'never-touched',
  'cadence-stopped',
  'not-seen',
  'overdue',
] as const;
export type Cause = (typeof causes)[number];

export const outcomes = ['open', 'won', 'converted', 'lost', 'disqualified', 'merged', 'closed'] as const;
export type OutcomePart = 'open' | Outcome;

export interface Digest {
  readonly schema: typeof digestSchema;
  readonly lead: LeadKey;
  readonly crm: string;
  readonly source: string | null;
  readonly campaign: string | null;
  readonly tier: string | null;
  /** The CRM's internal status. */
  readonly stage: string | null;
  /** The owner's id in the CRM, else the display name. */
  readonly rep: string | null;
  readonly repName: string | null;
  /** First hand-off; where it is not exact, the latest instant that it can have been at. */
  readonly handOff: number | null;
  readonly handOffExact: boolean;
  readonly seenAt: number;
  /** The instant that the digest speaks of. */
  readonly asOf: number;
  readonly clocks: readonly DigestClock[];
  readonly verdict: VerdictPart;
  /** Of the verdict that stands; `null` where nobody gave one. */
  readonly verdictReason: string | null;
  readonly toAccept: Spent | null;
  readonly toTouch: Spent | null;
  readonly flags: readonly DigestFlag[];
  /** Whether the agreed data was there at hand-off; `null` where nobody looked. */
  readonly complete: boolean | null;
  readonly readiness: Readiness | null;
  readonly recycled: Fate | null;
  readonly touches: number;
  /** Outbound touches before the lead first answered; `null` while it never did. */
  readonly attempts: number | null;
  readonly leftBehind: Cause | null;
  /** Conditions of promises per period that it meets; see `conditionOf`. */
  readonly promises: readonly string[];
  readonly outcome: OutcomePart;
  readonly qualified: boolean;
  /** `[happened, learnt, happened, learnt, …]`, in order and disjoint: between the two, the fact was not known yet. */
  readonly late: readonly number[];
  /** Facts dated after `asOf`; they do not count yet. */
  readonly future: number;
  /** The first instant at which it may say something else though nothing new is learnt; `null`: never. */
  readonly holdsUntil: number | null;
}

/** Half-open `[from, to)`, epoch ms. */
export interface ReportWindow {
  readonly from: number;
  readonly to: number;
}
