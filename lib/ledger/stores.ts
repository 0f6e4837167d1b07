/** The stores of the database, for whoever reads or writes them. No code: the report page reads without validation. */
import type { DBSchema, IDBPDatabase, StoreNames } from 'idb';
import type { LeadKey } from '../lead/lead';
import type { Aggregate } from './aggregate';
import type { DueBucket } from './due-lead';
import type { History } from './history';
import type { StoredDay } from './kept-days';
import type { LeadRecord } from './types';

export const ledgerName = 'relevo';
export const ledgerVersion = 5;

export interface Forgotten {
  readonly hash: string;
  readonly until: number;
  readonly erased?: true;
}

export interface Schema extends DBSchema {
  leads: {
    key: LeadKey;
    value: LeadRecord;
    indexes: { attention: number; nextChangeAt: number; projection: string; dupes: string };
  };
  /** The facts, see {@link History}. */
  histories: { key: [LeadKey, number]; value: History; indexes: { newest: [number, LeadKey, number] } };
  /** What lists need of leads; a projection of `leads`. */
  due: { key: number; value: DueBucket };
  aggregates: { key: string[]; value: Aggregate };
  snoozes: { key: LeadKey; value: { lead: LeadKey; until: number }; indexes: { until: number } };
  /**
   * Leads that were erased, or whose time was up: a hash of the key, and up to which instant nothing comes back. Of one that a
   * person erased, nothing ever does; who erased one before that was told apart is taken for the other kind.
   */
  forgotten: { key: string; value: Forgotten };
  meta: { key: string; value: { name: string; value: number } };
  /** The report's days; a projection of leads and facts. */
  days: { key: [number, number]; value: StoredDay; indexes: { lead: LeadKey } };
  /** Leads that changed since their day was kept, with the session in which they did. */
  touched: { key: LeadKey; value: { lead: LeadKey; session: number } };
}

export type Database = IDBPDatabase<Schema>;
export type Stores = readonly StoreNames<Schema>[];

/** The last number that `beginDays` gave; without it nothing was ever kept, and nothing has to be noted. */
export const sessionNote = 'days-session';
/** There once every lead stood in a day. */
export const wholeNote = 'days-whole';
