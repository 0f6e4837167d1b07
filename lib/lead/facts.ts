/**
 * Facts: immutable dated statements about one lead, the only input of every clock and report. Types only; the ledger
 * validates and stores them. A fact is never edited: a correction is a new fact.
 */
import type { LeadKey } from './lead';

export type Party = 'marketing' | 'sales';

export type Channel = 'call' | 'email' | 'meeting' | 'message' | 'visit' | 'other';

/** How we know: a person said so, a dated field or activity of the CRM, or only its current status. */
export type Evidence = 'person' | 'crm-field' | 'crm-activity' | 'crm-status';

export interface FactBase {
  /** Hash of what the fact states (lead, kind, instant, author, content): the same statement twice is one fact. */
  readonly id: string;
  readonly lead: LeadKey;
  /** When it happened, epoch ms. */
  readonly at: number;
  /**
   * Where the CRM keeps no instant for this, it happened somewhere in `[earliest, at]`. Absent: `at` is exact.
   * A clock is met only when even `at` is in time, and missed only when even `earliest` is too late.
   */
  readonly earliest?: number;
  /** A display name, an id in the CRM, or `crm:<adapter id>` when the CRM's own data is the witness. */
  readonly author: string;
  /** The side that its author spoke for; only of persons. */
  readonly party?: Party;
  readonly evidence: Evidence;
  /** A correction: the id of the fact whose place this one takes. */
  readonly replaces?: string;
  /** When this browser learnt it, epoch ms. No part of what it states, and so not of its id. */
  readonly recordedAt?: number;
}

export type Outcome = 'won' | 'lost' | 'converted' | 'disqualified' | 'merged' | 'closed';

/** Marketing's other axis beside fit: how far along the lead is. */
export type Readiness = 'needs-nurturing' | 'needs-data' | 'ready';

export type FactContent =
  | { readonly kind: 'hand-off' }
  | {
      readonly kind: 'touch';
      readonly channel: Channel;
      /** Who began it; absent where that is not known. A call that the lead made and a person took is contact, too. */
      readonly direction?: 'outbound' | 'inbound';
    }
  | { readonly kind: 'inbound'; readonly channel: Channel }
  | {
      readonly kind: 'verdict';
      readonly verdict: 'accepted' | 'rejected' | 'recycled';
      /** Id of a reason in the taxonomy, or the CRM's own status. */
      readonly reason?: string;
      /** What the reason asks for: which fit, which field. */
      readonly detail?: string;
      /** Recycled until then, epoch ms. */
      readonly until?: number;
      /** The reason is about missing or wrong data, so marketing owes a fix (clock `fix-data`). */
      readonly data?: boolean;
    }
  | {
      readonly kind: 'flag';
      readonly axis?: 'fit' | 'readiness';
      readonly reason: string;
      readonly detail?: string;
      readonly data?: boolean;
    }
  | {
      readonly kind: 'flag-answer';
      readonly answers: string;
      readonly answer: 'fixed' | 'disputed' | 'agreed';
      /** Why it is disputed. */
      readonly reason?: string;
    }
  | { readonly kind: 'readiness'; readonly value: Readiness }
  | { readonly kind: 'pause'; readonly reason: string; readonly until?: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'blocked'; readonly by: Party; readonly needs: string }
  | { readonly kind: 'unblocked'; readonly answer?: string }
  | { readonly kind: 'reassignment'; readonly owner: string; readonly ownerId?: string }
  | {
      readonly kind: 'tier-change';
      readonly tier: string;
      /** The tier before; absent where nobody said. */
      readonly from?: string;
    }
  | { readonly kind: 'disposition'; readonly outcome: Outcome }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'note'; readonly text: string }
  /** An automatic quality flag that a person found not to hold. */
  | { readonly kind: 'dismissal'; readonly rule: string; readonly reason: string }
  /** Takes the fact back that it `replaces`, and states nothing itself. */
  | { readonly kind: 'retraction'; readonly replaces: string }
  /** A side signed this version of an agreement; the hash is of what was signed. */
  | { readonly kind: 'approval'; readonly version: number; readonly hash: string }
  | { readonly kind: 'acknowledgement'; readonly version: number }
  | { readonly kind: 'agreement-applied'; readonly version: number };

export type Fact = FactBase & FactContent;
export type FactKind = FactContent['kind'];
export type FactOf<Kind extends FactKind> = FactBase & Extract<FactContent, { kind: Kind }>;
