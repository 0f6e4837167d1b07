/** What does not work right now, as the worker tells it. Types only, as `contract.ts`. */
/** Something that does not work, said to the person in words from the catalogue (`problem_<code>`). */
export type ProblemCode =
  | 'ledger-unavailable'
  | 'ledger-full'
  /** The database was deleted while we worked with it. */
  | 'ledger-lost'
  | 'agreement-unreadable'
  | 'agreement-newer'
  /** A newer version is on its way through sync, and not all here. */
  | 'agreement-arriving'
  /** Two browsers wrote different agreements under one number. */
  | 'agreement-conflict'
  /** What was written here is not in sync yet. */
  | 'agreement-not-synced'
  /** The policy holds something that nothing understands. */
  | 'policy-ignored'
  /** The policy sets an agreement and an address for one. */
  | 'policy-twice'
  /** The policy's address does not answer with an agreement. */
  | 'policy-failing'
  /** The policy's address can't be read without a permission, or does not answer. */
  | 'policy-blocked'
  /** What the policy's address answers is not what the policy names. */
  | 'policy-checksum'
  /** The team's address does not answer with an agreement. */
  | 'team-failing'
  /** The team's address can't be read without a permission, or does not answer. */
  | 'team-blocked'
  | 'settings-unreadable'
  | 'api-unauthorised'
  | 'api-limited'
  | 'api-failing'
  | 'api-unreadable'
  | 'page-changed';

export interface Problem {
  readonly code: ProblemCode;
  /** Since when, epoch ms. */
  readonly since: number;
  /** A technical detail for the diagnostic; never lead data. */
  readonly detail?: string;
}
