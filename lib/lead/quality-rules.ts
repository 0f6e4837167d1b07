/**
 * What an agreement can ask of a lead's data, rule by rule. Types only: what is written is checked by the agreement's
 * schema, and what a rule finds on a lead by the quality check.
 */
import type { Words } from '../agreement/words';
import type { FieldName, LeadKey } from './lead';

/** How two leads are recognised as one: same mail address, same number, or same name at the same company. */
export type DuplicateBy = 'email' | 'phone' | 'name-company';

export type QualityRule =
  /** Fields that a lead must have; with `stage`, only from that lead stage of the agreement on. */
  | { readonly id: string; readonly rule: 'required'; readonly fields: readonly FieldName[]; readonly stage?: string }
  | { readonly id: string; readonly rule: 'free-mail' }
  | { readonly id: string; readonly rule: 'mail-syntax' }
  /** `country`: ISO 3166-1 alpha-2, the country of numbers that are written without one. */
  | { readonly id: string; readonly rule: 'phone'; readonly country?: string }
  | { readonly id: string; readonly rule: 'duplicate'; readonly by: readonly DuplicateBy[] }
  /** None of the agreement's personas; says nothing where it has none. */
  | { readonly id: string; readonly rule: 'persona' }
  /** Outside the agreement's scope. */
  | { readonly id: string; readonly rule: 'scope' }
  /** Nothing happened on it for this many elapsed minutes. */
  | { readonly id: string; readonly rule: 'stale'; readonly elapsedMinutes: number };

/** What a rule found on a lead, with what its sentence needs. Each `code` is a key of the message catalogue. */
export type QualityFinding =
  | { readonly code: 'required'; readonly field: FieldName }
  | { readonly code: 'free-mail'; readonly domain: string }
  /** An address that is thrown away after use; the rule `free-mail` finds it, too. */
  | { readonly code: 'disposable-mail'; readonly domain: string }
  | { readonly code: 'mail-syntax' }
  /** `country`: whose numbering plan says so, where that is known. */
  | { readonly code: 'phone'; readonly country?: string }
  /** `leads`: the first few that share it; `count`: how many there are. */
  | {
      readonly code: 'duplicate';
      readonly by: DuplicateBy;
      readonly leads: readonly LeadKey[];
      readonly count: number;
    }
  | { readonly code: 'persona' }
  /** In no group that the scope includes. */
  | { readonly code: 'scope' }
  /** In a group that the scope excludes, for this reason. */
  | { readonly code: 'scope-excluded'; readonly why: Words }
  /** Epoch ms of the last thing that happened on it. */
  | { readonly code: 'stale'; readonly since: number };

export type QualityCode = QualityFinding['code'];

/**
 * What an agreement's rule says about one lead now. Derived, never stored: it is computed anew from the lead, its facts and
 * the agreement. It holds no value of the lead but a mail domain.
 */
export interface QualityFlag {
  /** Id of the rule. */
  readonly rule: string;
  readonly kind: QualityRule['rule'];
  readonly axis: 'fit' | 'readiness';
  /** The field that it is about, where it is one. */
  readonly field?: FieldName;
  readonly what: QualityFinding;
  /** What to do about it, as a code of the message catalogue. */
  readonly todo: QualityCode;
  /** What a `dismissal` names as its `rule`: this rule, for the value that the lead has now. */
  readonly dismissAs: string;
}
