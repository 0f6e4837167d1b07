/** What the agreement's editor needs from the worker. The entry point gives it; tests give their own. */
import type { CommitmentId, Condition } from '../../lib/agreement/schema';
import type { LeadCount, SeenStatus } from '../../lib/messages/agreements';

/** What the ledger's own past says, as it crosses from the worker: see `History` of `lib/agreement/smart`. */
export interface PastResults {
  readonly commitments: { readonly [Id in CommitmentId]?: { readonly met: number; readonly judged: number } };
  readonly promises: readonly (readonly [id: string, values: readonly number[]])[];
}

export interface EditorStart {
  /** The draft as it was saved, valid or not; where there is none, the agreement in force as a document. */
  readonly draft: unknown;
  /** Epoch ms of the last save; `null` where nothing was saved yet. */
  readonly savedAt: number | null;
  /** It stands before both sides, and so many have signed it: any change takes that back. */
  readonly isProposed: boolean;
  readonly signatures: number;
  /** Set by the organisation: it can be read here and not written. */
  readonly isLocked: boolean;
  /** Ids of the reasons that facts name. */
  readonly reasonsInUse: readonly string[];
}

export type SaveRefusal = 'full' | 'failed' | 'changed-elsewhere';
export type Saved =
  | { readonly ok: true; readonly at: number; readonly voided: number; readonly isProposed: boolean }
  | { readonly ok: false; readonly code: SaveRefusal };

export interface AgreementServices {
  readonly startEditor: () => Promise<EditorStart>;
  /**
   * Keeps a draft, valid or not.
   * @param base when the one that it grew from was saved; `null`: it was not. Refused where another is there by now.
   * @param keepBoth makes that other one the draft before instead.
   */
  readonly saveDraft: (draft: unknown, base: number | null, keepBoth: boolean) => Promise<Saved>;
  /** How many of the leads that the ledger knows meet one of the groups; no group at all is every lead. */
  readonly countLeads: (groups: readonly (readonly Condition[])[]) => Promise<LeadCount>;
  /** What the saved draft would have been kept of in the last 90 days; `null` where it can't be told. Takes its time. */
  readonly pastResults: () => Promise<PastResults | null>;
  readonly seenStatuses: () => Promise<readonly SeenStatus[]>;
  readonly now: () => number;
  /** IANA zone of this browser. */
  readonly zone: string;
}
