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
  readonly evidence: Evidence;
}

export type Outcome = 'won' | 'lost' | 'converted' | 'disqualified' | 'merged' | 'closed';

export type FactContent =
  | { readonly kind: 'hand-off' }
  | { readonly kind: 'touch'; readonly channel: Channel }
  | { readonly kind: 'inbound'; readonly channel: Channel }
  | {
      readonly kind: 'verdict';
      readonly verdict: 'accepted' | 'rejected' | 'recycled';
      readonly reason?: string;
      /** The reason is about missing or wrong data, so marketing owes a fix (clock `fix-data`). */
      readonly data?: boolean;
    }
  | { readonly kind: 'flag'; readonly reason: string; readonly data?: boolean }
  | { readonly kind: 'flag-answer'; readonly answers: string; readonly answer: 'fixed' | 'disputed' | 'agreed' }
  | { readonly kind: 'pause'; readonly reason: string; readonly until?: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'blocked'; readonly by: Party; readonly needs: string }
  | { readonly kind: 'unblocked' }
  | { readonly kind: 'reassignment'; readonly owner: string; readonly ownerId?: string }
  | { readonly kind: 'tier-change'; readonly tier: string }
  | { readonly kind: 'disposition'; readonly outcome: Outcome }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'acknowledgement'; readonly version: number }
  | { readonly kind: 'agreement-applied'; readonly version: number };

export type Fact = FactBase & FactContent;
export type FactKind = FactContent['kind'];
export type FactOf<Kind extends FactKind> = FactBase & Extract<FactContent, { kind: Kind }>;
