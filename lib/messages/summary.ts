/** What the popup shows of all leads. Types and limits only, as `contract.ts`. */
import type { Agreement } from '../agreement/schema';
import type { Clock } from '../clock/types';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { Escalated } from './acts';
import type { Nothing } from './nothing';
import type { OpenHours } from './observing';
import type { Problem } from './problems';

export type SummaryGroup = 'overdue' | 'at-risk' | 'today';

export interface SummaryRequest {
  readonly mine: boolean;
  readonly group?: SummaryGroup;
  readonly search?: string;
}

export interface SummaryRow {
  readonly lead: LeadKey;
  readonly name: string;
  readonly company: string | null;
  readonly owner: string | null;
  readonly crm: string;
  readonly url: string | null;
  readonly group: SummaryGroup;
  /** The most urgent clock of this lead. */
  readonly clock: Clock;
  readonly seenAt: number;
  /** Who else knows of it by now, where that concerns this person. */
  readonly escalated?: Escalated;
}

/** A lead in a list beside the groups: what comes after today, and what is snoozed. */
export interface QueueRow extends Omit<SummaryRow, 'group'> {
  /** Until when its reminders are silent, epoch ms. */
  readonly snoozedUntil?: number;
}

/** Something that waits for marketing: a question of sales, or a verdict that nobody answered. */
export interface WaitingRow {
  readonly lead: LeadKey;
  readonly name: string;
  readonly company: string | null;
  readonly crm: string;
  readonly url: string | null;
  /** What has to be answered. */
  readonly fact: Fact;
  /** When an answer is due, epoch ms; `null` where nothing is promised. */
  readonly dueAt: number | null;
}

export interface Summary {
  readonly asOf: number;
  readonly counts: Readonly<Record<SummaryGroup, number>>;
  /** By urgency, at most `summaryRows`. */
  readonly rows: readonly SummaryRow[];
  /** Rows that match, shown or not. */
  readonly total: number;
  /** Leads in the ledger; 0 is the first run. Where there are rows, those that were looked through: nobody waits for a count. */
  readonly leads: number;
  /** Whether it is known who "me" is on at least one CRM; without it, `mine` is everything. */
  readonly viewerKnown: boolean;
  readonly open: OpenHours;
  readonly problems: readonly Problem[];
  /** What comes after today, soonest first, at most `queueRows`. */
  readonly next?: readonly QueueRow[];
  /** For who is on marketing's side, the soonest due first, at most `queueRows`. */
  readonly waiting?: readonly WaitingRow[];
  /** What the agreement calls reasons and sides, where something waits. */
  readonly terms?: { readonly reasons: Agreement['taxonomy']['reasons']; readonly parties: Agreement['parties'] };
  /** In no count and no group, at most `queueRows`. */
  readonly snoozed?: readonly QueueRow[];
}

/** Most rows in each list beside the groups: enough to plan a day by. */
export const queueRows = 50;

/** Most rows in one summary: a dozen screens, more than a person scrolls. Search and the figures lead to the others. */
export const summaryRows = 100;

/** Popup → worker. */
export interface SummaryProtocol {
  summary(data: SummaryRequest): Summary;
  /** Popup: show this lead, in its open tab if there is one. */
  openLead(data: { readonly lead: LeadKey }): { readonly ok: boolean };
  /** The lead to work on next; `null` where nothing is due. */
  next(data: Nothing): { readonly lead: LeadKey | null };
}
