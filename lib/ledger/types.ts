/** What the ledger keeps and how it is asked. Two implementations: IndexedDB, and memory for when that can't be opened. */
import type { Clock } from '../clock/types';
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey } from '../lead/lead';

/** A lead with the clocks that were last computed for it; the clocks are a projection and can be made again. */
export interface LeadRecord {
  readonly key: LeadKey;
  readonly lead: Lead;
  readonly clocks: readonly Clock[];
  /** Names the agreement that the clocks were computed with. */
  readonly projection: string;
  /** Due instant of the most urgent unfinished clock; absent when nothing is due. Indexed. */
  readonly attention?: number;
  /** When a clock next changes its state by itself. Indexed. */
  readonly nextChangeAt?: number;
}

export interface LeadWithFacts {
  readonly record: LeadRecord | undefined;
  readonly facts: readonly Fact[];
}

export interface Ledger {
  /** Whether what is written is still there after the browser restarts. */
  readonly durable: boolean;
  load(keys: readonly LeadKey[]): Promise<Map<LeadKey, LeadWithFacts>>;
  /** All or nothing; resolves once the data is committed. Facts that are there already stay as they are. */
  save(records: readonly LeadRecord[], facts: readonly Fact[]): Promise<void>;
  /** Records with something due up to this instant, soonest first. */
  dueUntil(instant: number): Promise<LeadRecord[]>;
  /** Keys of records whose clocks change up to this instant, soonest first, at most `limit`. */
  changingUntil(instant: number, limit: number): Promise<LeadKey[]>;
  /** The soonest instant at which a clock changes by itself. */
  nextChange(): Promise<number | undefined>;
  /** Keys of records whose clocks were computed with another agreement, at most `limit`. */
  outdated(projection: string, limit: number): Promise<LeadKey[]>;
  count(): Promise<number>;
  close(): void;
}

/** The ledger is full: nothing of this write was kept, everything before it is safe. */
export class LedgerFullError extends Error {
  override readonly name = 'LedgerFullError';
}
