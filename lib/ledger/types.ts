/** What the ledger keeps and how it is asked. Two implementations: IndexedDB, and memory for when that can't be opened. */
import type { Clock } from '../clock/types';
import type { Fact } from '../lead/facts';
import type { Lead, LeadFields, LeadKey } from '../lead/lead';
import type { Views } from '../lead/readable';
import type { Aggregate } from './aggregate';
import type { DaysChange } from './kept-days';

/** A lead with the clocks that were last computed for it; the clocks are a projection and can be made again. */
export interface LeadRecord {
  readonly key: LeadKey;
  readonly lead: Lead;
  readonly clocks: readonly Clock[];
  /** Names the agreement that the clocks were computed with; {@link noProjection} where they have to be computed anew. */
  readonly projection: string;
  /** Due instant of the most urgent unfinished clock; absent when nothing is due. Indexed. */
  readonly attention?: number;
  /** When a clock next changes its state by itself. Indexed. */
  readonly nextChangeAt?: number;
  /** Normalised mail, phone and name with company: leads that share one may be the same. Each is indexed. */
  readonly dupes?: readonly string[];
  /** The ways in which it was read: what tells an empty field from one that nobody looked at. */
  readonly views?: Views;
  /** When the CRM was first asked for it by its id and did not answer, epoch ms; absent once it was seen again. */
  readonly missedAt?: number;
  /** Facts that somebody has yet to answer, oldest first; absent where there are none. A projection like the clocks. */
  readonly questions?: readonly Fact[];
}

/** What ranks a clock that is not over. */
export type DueClock = Pick<
  Clock,
  | 'commitment'
  | 'owedBy'
  | 'state'
  | 'startAt'
  | 'startEvent'
  | 'dueAt'
  | 'atRiskAt'
  | 'calendar'
  | 'unknown'
  | 'upcoming'
>;

/** What lists say of a lead. */
export interface DueFields extends Pick<Lead, 'id' | 'url' | 'seenAt'> {
  readonly fields: Pick<LeadFields, 'name' | 'company' | 'owner' | 'ownerId' | 'email' | 'tier'>;
}

/** What lists need of a lead: enough to rank, find and show it, so that thousands of records need not be read. */
export interface DueLead {
  readonly key: LeadKey;
  readonly lead: DueFields;
  /** Those that are not over and have a due instant, the most urgent first. */
  readonly clocks: readonly DueClock[];
  /** Whether it was seen after something was due; else its being late is what nobody has looked at. */
  readonly isSeenLate: boolean;
  readonly attention?: number;
  readonly questions: readonly Fact[];
}

/** What tells whether clocks still hold. */
export type Computed = Pick<LeadRecord, 'clocks' | 'projection' | 'nextChangeAt'>;

/** The projection of a record whose clocks are not to be trusted: no agreement has this name, so all find it outdated. */
export const noProjection = '';

export interface LeadWithFacts {
  readonly record: LeadRecord | undefined;
  readonly facts: readonly Fact[];
  /** The lead was forgotten: facts up to this instant, epoch ms, are refused, because they were counted already. */
  readonly forgottenUntil?: number;
  /** A person erased it: nothing of it is written until a person has it recorded again. */
  readonly erased?: true;
}

/** What is known of one lead: of some there are only facts, as an import may leave them. */
export interface Known {
  readonly key: LeadKey;
  readonly lead: Lead | undefined;
  readonly facts: readonly Fact[];
  /** Through which pages and APIs this browser read it; absent where it only came in a file. */
  readonly views?: Views;
}

/** A part of something long, in the order of its keys. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

export interface LedgerCounts {
  readonly leads: number;
  readonly facts: number;
  readonly snoozes: number;
  /** Leads that were erased or whose time was up. */
  readonly forgotten: number;
}

/** What became of leads and facts that came from a file or from a colleague. */
export interface Taken {
  /** Leads that are new, or say something new. */
  readonly leads: number;
  /** Facts that are new. */
  readonly facts: number;
  /** Facts that were there already. */
  readonly known: number;
  /** Leads and facts that were forgotten here and do not come back. */
  readonly refused: number;
}

export interface RetentionStep {
  /** Leads that nothing happened to since then, epoch ms, may be forgotten. */
  readonly cutoff: number;
  /** What is forgotten now stays so for facts up to this instant, epoch ms. */
  readonly now: number;
  /** Goes on behind this lead; absent at the beginning. */
  readonly after?: LeadKey;
  /** How many leads are looked at. */
  readonly limit: number;
}

export interface RetentionStepDone {
  readonly leads: number;
  readonly facts: number;
  /** The last lead that was looked at; absent when there are no more. */
  readonly next?: LeadKey;
}

export interface Ledger {
  /** Whether what is written is still there after the browser restarts. */
  readonly durable: boolean;
  /** Nothing was there when it was opened. */
  readonly isNew: boolean;
  load(keys: readonly LeadKey[]): Promise<Map<LeadKey, LeadWithFacts>>;
  /** Clocks of these leads as they were last computed, without anything else of them; those that are not there are left out. */
  clocksOf(keys: readonly LeadKey[]): Promise<Map<LeadKey, Computed>>;
  /**
   * All or nothing; resolves once the data is committed. Facts that are there already stay as they are, facts of a
   * forgotten lead up to the instant of forgetting are left out, and so is whatever is about an erased one.
   * @param what `clocks`: nothing of these leads is new but the clocks, which were computed anew.
   * @returns ids of those of the facts that are there now.
   * @throws {LedgerFullError} when there is no room; nothing of this write was kept.
   */
  save(records: readonly LeadRecord[], facts: readonly Fact[], what?: 'all' | 'clocks'): Promise<ReadonlySet<string>>;
  /** Leads with something due up to this instant, soonest first, as far as lists need them; kept in memory once read. */
  dueLeads(instant: number): Promise<readonly DueLead[]>;
  /** Leads with something due after this instant and nothing before, soonest first, at most `limit`. */
  dueAfter(instant: number, limit: number): Promise<readonly DueLead[]>;
  /** Leads whose newest open question was asked at or after this instant, newest first, at most `limit`. */
  askedSince(instant: number, limit: number): Promise<readonly DueLead[]>;
  /** Keys of records whose clocks change up to this instant, soonest first, at most `limit`. */
  changingUntil(instant: number, limit: number): Promise<LeadKey[]>;
  /** The soonest instant at which a clock changes by itself. */
  nextChange(): Promise<number | undefined>;
  /** Keys of records whose clocks were computed with another agreement, at most `limit`. */
  outdated(projection: string, limit: number): Promise<LeadKey[]>;
  /**
   * Keys of records that were made while the clock was ahead of `now`, page by page: `after` the key where the last page
   * ended, `limit` records looked at.
   */
  fromAhead(now: number, after: LeadKey | undefined, limit: number): Promise<Page<LeadKey>>;
  /** How many leads there are. */
  count(): Promise<number>;
  counts(): Promise<LedgerCounts>;
  /** How many different records could not be read since the ledger was opened. They stay where they are. */
  unreadable(): number;

  /** Facts of each of these leads; a lead without any has an empty list. */
  factsOf(keys: readonly LeadKey[]): Promise<Map<LeadKey, readonly Fact[]>>;
  /**
   * Histories whose newest fact lies in `from <= at < until`, epoch ms, whole or in stretches: spans that follow one another
   * come to every fact once, and an open end to every fact since `from`, and to older ones of the same leads. No certain order.
   */
  historiesBetween(from: number, until: number): AsyncGenerator<readonly Fact[], void>;
  /** Everything, lead by lead, page by page: `after` the key where the last page ended, about `limit` leads. */
  knownAfter(after: LeadKey | undefined, limit: number): Promise<Page<Known>>;
  /** Leads by what they share, see {@link LeadRecord.dupes}; at most {@link duplicatesAtMost} each. */
  duplicatesOf(dupes: readonly string[]): Promise<Map<string, readonly LeadKey[]>>;

  /** Holds back this person's reminders for these leads until then, epoch ms; `null` ends it. Never touches a clock. */
  snooze(keys: readonly LeadKey[], until: number | null): Promise<void>;
  /** Leads whose reminders are held back at this instant, and until when. */
  snoozedAt(instant: number): Promise<Map<LeadKey, number>>;

  /** What is left of forgotten facts: counts with `from <= day < until`, days as `YYYY-MM-DD` in UTC. */
  aggregates(from: string, until: string): Promise<readonly Aggregate[]>;
  /**
   * Takes in what was written elsewhere, all or nothing. A lead's fields are merged, the newer reading wins; records of
   * leads that this touches get {@link noProjection}. Twice is once.
   * @throws {LedgerFullError} when there is no room; nothing of this batch was kept.
   */
  take(leads: readonly Lead[], facts: readonly Fact[]): Promise<Taken>;
  /**
   * Erases a lead for good: what it is, its facts, its snooze. Counts stay, and a hash of its key, so that nothing of it
   * comes back. @returns how many facts went.
   */
  erase(key: LeadKey, now: number): Promise<number>;
  /** Ends that: the lead is a new one from then on. Its counts stay as they are, because nobody knows which are its. */
  recordAgain(key: LeadKey): Promise<void>;
  /** One bounded step of retention: leads whose time is up become counts. See `retention.ts`. */
  retain(step: RetentionStep): Promise<RetentionStepDone>;

  /** A number that the ledger keeps about itself, such as when something last ran. */
  note(name: string): Promise<number | undefined>;
  setNote(name: string, value: number): Promise<void>;

  /** Before days of the report are kept, see `kept-days.ts`; `null` where nothing is kept. */
  beginDays(): Promise<number | null>;
  keepDays(change: DaysChange): Promise<boolean>;
  settleDays(session: number): Promise<boolean>;
  close(): void;
}

/** Enough to say "there are others" and to name some of them. */
export const duplicatesAtMost = 50;

/** The ledger is full: nothing of this write was kept, everything before it is safe. */
export class LedgerFullError extends Error {
  override readonly name = 'LedgerFullError';
}

/** An older version of the extension, in another window, holds the database and does not let go. */
export class LedgerBlockedError extends Error {
  override readonly name = 'LedgerBlockedError';
}
