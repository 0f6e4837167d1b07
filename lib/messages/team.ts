/** What the options page may ask about the address at which a team keeps its agreement. Types only, as `contract.ts`. */
import type { FetchFailure } from '../settings/agreement-address';
import type { Nothing } from './nothing';

export interface TeamState {
  /** `null`: none is named. */
  readonly url: string | null;
  /** Named by the organisation, and not to be changed here. */
  readonly byPolicy: boolean;
  /** Whether this browser lets us read there. */
  readonly granted: boolean;
  /** When it was last asked, epoch ms; `null`: not yet. */
  readonly checkedAt: number | null;
  /** The last good one. */
  readonly good: { readonly version: number; readonly fetchedAt: number } | null;
  /** Since when it fails, and how. */
  readonly failing: { readonly since: number; readonly code: FetchFailure; readonly detail?: string } | null;
  /** The version here that both sides signed and that is not at the address; `null` for none. */
  readonly toPublish: number | null;
}

export type TeamSaved =
  | {
      readonly ok: true;
      /** An agreement was read there; without one the state says why. */
      readonly isRead: boolean;
    }
  | {
      readonly ok: false;
      /** The organisation names it; or the storage refused. */
      readonly code: 'set-by-policy' | 'not-kept';
    };

export type TeamPublished =
  | { readonly ok: true; readonly version: number }
  | {
      readonly ok: false;
      readonly code:
        /** Nothing here is signed by both sides and newer. */
        | 'nothing'
        /** Its instant has passed, or it has none: it must not reach back. */
        | 'effective-too-soon'
        | 'no-effective-instant'
        | 'no-address'
        | 'set-by-policy'
        /** Somebody else changed what lies there; it was read again. */
        | 'changed'
        /** The server lets nobody write without signing in. */
        | 'not-allowed'
        /** What is there takes no documents. */
        | 'not-writable'
        | 'unreachable'
        /** The signatures could not be put on record here. */
        | 'ledger-unavailable';
      /** What the server answered. */
      readonly status?: number;
    };

/** Options → worker. */
export interface TeamProtocol {
  /**
   * Names the address, or none any more, and asks it at once.
   * @param isCrm the site was allowed before this address was named: it is a CRM's, too.
   */
  saveTeamAddress(data: { readonly url: string | null; readonly isCrm: boolean }): TeamSaved;
  /** Asks the address now. */
  readTeamAddress(data: Nothing): TeamSaved;
  /** Puts the version that both sides signed at the address, where that is a document of a CouchDB. */
  publishToTeam(data: Nothing): TeamPublished;
}
