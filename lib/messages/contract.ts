/**
 * Everything that pages, popup and panel may ask the worker, and the other way round. Types only: the content script
 * imports this file, so no validation here (`schemas.ts`, worker only). Identity comes from the sender, never from a payload.
 */
import type { Agreement } from '../agreement/schema';
import type { Clock } from '../clock/types';
import type { ExplainStep } from '../clock/explain-types';
import type { OpenInterval } from '../calendar/types';
import type { SelectorRepairs } from '../crm/repair';
import type { ImportResult } from '../ledger/import';
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey, Observation, RouteKind, Viewer } from '../lead/lead';
import type { Views } from '../lead/readable';
import type { PersonSettings } from '../settings/person';
import type { AgreementProtocol } from './agreements';
import type { ReportProtocol } from './report';
import type { ActReply, ActRequest, Escalated, PanelWork, WorkReply } from './acts';

/** Something that does not work, said to the person in words from the catalogue (`problem_<code>`). */
export type ProblemCode =
  | 'ledger-unavailable'
  | 'ledger-full'
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

/** Open intervals by calendar id, from `asOf` on for at least a day, so that a page can tick without asking. */
export type OpenHours = Readonly<Record<string, readonly OpenInterval[]>>;

export interface ObserveRequest {
  readonly observations: readonly Observation[];
  readonly viewer?: Viewer;
}

export interface ObserveReply {
  readonly asOf: number;
  /** Clocks of each observed lead, the most urgent first. */
  readonly clocks: Readonly<Record<LeadKey, readonly Clock[]>>;
  readonly open: OpenHours;
  /** What people and rules said of each observed lead. */
  readonly marks?: Readonly<Record<LeadKey, LeadMarks>>;
  readonly problems: readonly Problem[];
}

/** What a badge shows of a lead beside its clock. */
export interface LeadMarks {
  /** The reason of the flag that stands, in words. */
  readonly flag?: string;
  readonly verdict?: 'accepted' | 'rejected' | 'recycled';
  /** Automatic quality flags that nobody has dismissed. */
  readonly auto?: number;
}

/** How well a page is read: counts and field names, no lead data. */
export interface PageHealth {
  readonly adapter: string | null;
  readonly adapterLabel: string | null;
  readonly surface: RouteKind | null;
  /** The CRM is known and leads are here, but nobody knows how this kind of its pages is read. */
  readonly noSurface?: true;
  /** When the page came to this surface, epoch ms: what is told with the same instant is told of one visit. */
  readonly visit: number;
  readonly rows: number;
  readonly read: number;
  /** Rows that miss nothing. */
  readonly whole: number;
  /** Rows that could not be read, by the name of the missing field. */
  readonly missing: Readonly<Record<string, number>>;
  /** Rows that showed a value, by the name of the field. */
  readonly seen: Readonly<Record<string, number>>;
  /** Whether each named list of selectors matched anything; names that were not looked for are left out. */
  readonly selectors: Readonly<Record<string, boolean>>;
  /** Names of repaired selectors that were not applied. */
  readonly refused: readonly string[];
  readonly badges: number;
  readonly putBack: number;
  readonly givenUp: number;
  readonly problems: readonly Problem[];
  readonly at: number;
}

/** Something that pages of a surface always had and no longer have. */
export interface PageChange {
  readonly kind: 'selector' | 'field' | 'rows';
  /** Name of the selector or field; for rows the surface. */
  readonly name: string;
  /** First page without it, epoch ms. */
  readonly since: number;
}

export interface HealthReply {
  readonly changed: readonly PageChange[];
}

/** What is remembered of one kind of page of one CRM, over all its visits in this browser. */
export interface SurfaceHealth {
  readonly adapter: string;
  readonly surface: RouteKind;
  /** Visits that showed leads, and that showed none. */
  readonly pages: number;
  readonly emptyPages: number;
  /** Visits in a row without leads, where there had always been some. */
  readonly emptyRun: number;
  readonly rows: number;
  readonly read: number;
  readonly missing: Readonly<Record<string, number>>;
  readonly seen: Readonly<Record<string, number>>;
  readonly putBack: number;
  readonly givenUp: number;
  readonly refused: readonly string[];
  readonly selectors: Readonly<Record<string, { readonly matched: number; readonly unmatched: number }>>;
  readonly changed: readonly PageChange[];
  readonly lastAt: number;
}

export interface HealthTable {
  readonly asOf: number;
  readonly surfaces: readonly SurfaceHealth[];
  /** Every CRM that this version knows, by its label. */
  readonly adapters: readonly { readonly id: string; readonly label: string }[];
}

/** The structure of a page in words of ours and of HTML: no text, no ids, no addresses. */
export interface PageOutline {
  /** An element a line, indented by depth: tag, attribute names, names of our selectors that match it. */
  readonly lines: readonly string[];
  readonly truncated: boolean;
  /** Matches of each of our selectors. */
  readonly matches: Readonly<Record<string, number>>;
}

export type StructureReply =
  | { readonly ok: true; readonly outline: PageOutline; readonly host: string | null }
  | { readonly ok: false; readonly reason: 'not-open' | 'refused' };

/** Other selectors for one CRM, signed off by somebody who answers for them. */
export interface Repair {
  readonly schema: 1;
  /** Adapter id. */
  readonly adapter: string;
  readonly version: number;
  readonly signedOffBy: string;
  /** ISO date, or instant with its offset. */
  readonly signedOffAt: string;
  readonly note?: string;
  /** Selector name → its alternatives, newest first. */
  readonly selectors: SelectorRepairs;
}

export interface StandingRepair {
  readonly repair: Repair;
  readonly source: 'policy' | 'local';
  /** `false` where the organisation has set another one for this CRM. */
  readonly used: boolean;
}

/** What is wrong with a repair: where, and what should stand there (`options_repair_hint_<hint>`). */
export interface RepairFault {
  /** Such as `[0].selectors.row[1].since`. */
  readonly path: string;
  readonly hint: RepairHint;
}

export type RepairHint =
  | 'json'
  | 'too-long'
  | 'list'
  | 'repair'
  | 'schema'
  | 'adapter'
  | 'adapter-twice'
  | 'version'
  | 'signed-off-by'
  | 'signed-off-at'
  | 'note'
  | 'selectors'
  | 'selector-name'
  | 'alternatives'
  | 'alternative'
  | 'css'
  | 'since'
  | 'seen-on'
  | 'unknown-key';

export interface RepairList {
  readonly standing: readonly StandingRepair[];
  /** What can't be read, by where it came from. */
  readonly faults: readonly { readonly source: 'policy' | 'local'; readonly faults: readonly RepairFault[] }[];
}

export type RepairReading =
  | { readonly ok: true; readonly repairs: readonly Repair[] }
  | { readonly ok: false; readonly faults: readonly RepairFault[] };

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
  /** Leads in the ledger; 0 is the first run. */
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

/** Most rows in one summary: more than a person scrolls, little enough to render at once. */
export const summaryRows = 200;

export type SiteState =
  /** A browser page, a file, another extension: nothing to enable. */
  | { readonly kind: 'not-a-site' }
  | { readonly kind: 'off'; readonly origin: string; readonly pattern: string }
  | {
      readonly kind: 'on';
      readonly origin: string;
      readonly pattern: string;
      /** On by the manifest: there is no permission that could be given back here. */
      readonly shipped: boolean;
      readonly health: PageHealth | null;
    };

export interface PanelClock {
  readonly clock: Clock;
  readonly steps: readonly ExplainStep[];
}

export type PanelReply =
  | {
      readonly ok: true;
      readonly asOf: number;
      readonly lead: Lead;
      readonly crmLabel: string;
      readonly clocks: readonly PanelClock[];
      readonly open: OpenHours;
      /** Calendar id → its label and zone, for the explanation. */
      readonly calendars: Readonly<Record<string, { readonly label: string | null; readonly timeZone: string }>>;
      readonly agreement: { readonly id: string; readonly version: number; readonly source: AgreementSource };
      readonly work: PanelWork;
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly reason: 'not-allowed' | 'no-such-lead' | 'ledger-unavailable' };

export type AgreementSource = 'policy' | 'sync' | 'built-in';

/** What the ledger holds and how much room it takes. */
export interface LedgerInfo {
  readonly leads: number;
  readonly facts: number;
  readonly snoozes: number;
  readonly forgotten: number;
  /** Records that can't be read; they are left where they are. */
  readonly unreadable: number;
  /** `false`: nothing is kept over a restart of the browser. */
  readonly durable: boolean;
  /** Bytes that all data of this extension takes, and may take; `null` where the browser does not say. */
  readonly used: number | null;
  readonly quota: number | null;
  readonly retentionDays: number;
}

/** A part of the ledger as lines of its file. */
export interface ExportPage {
  readonly lines: readonly string[];
  /** How this browser read the leads of the page; no part of the file. */
  readonly views?: Readonly<Record<LeadKey, Views>>;
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

/** A lead that a sweep did not meet although it was open. */
export interface SweepLook {
  readonly object: string;
  readonly recordId: string;
}

/** Who a CRM says is signed in. */
export interface KnownViewer {
  readonly origin: string;
  readonly name: string;
}

/** A question that says nothing but its name. */
export type Nothing = Readonly<Record<string, never>>;

/** Page, popup and panel → worker. */
export interface WorkerProtocol extends AgreementProtocol, ReportProtocol {
  observe(data: ObserveRequest): ObserveReply;
  /** A page of a sweep; nobody waits for its clocks. */
  sweepPage(data: { readonly observations: readonly Observation[] }): void;
  /** A sweep is over. */
  sweepEnd(data: { readonly startedAt: number; readonly complete: boolean }): readonly SweepLook[];
  health(data: PageHealth): HealthReply;
  /**
   * Content script: run this adapter's script in the asking page, unless it is there (`beside`), and say which of its
   * selectors are repaired. `ok` is `false` where the browser refused.
   */
  loadAdapter(data: { readonly id: string; readonly beside: boolean }): {
    readonly ok: boolean;
    readonly repairs: SelectorRepairs;
  };
  /** Content script: run this adapter's script in the page's own world, where it has one. */
  loadWorld(data: { readonly id: string }): { readonly ok: boolean };
  /** Content script: a one-time token with which the panel page may show this lead. */
  panelToken(data: { readonly lead: LeadKey }): { readonly token: string };
  /**
   * Content script: as `panelToken`, for the bar of several leads. With the token of an open bar its leads are replaced
   * and the token stays; without one, or where that token no longer stands, there is a new one.
   */
  bulkToken(data: { readonly leads: readonly LeadKey[]; readonly token?: string }): { readonly token: string };
  /** Bulk bar: what can be said of its leads. */
  work(data: { readonly token: string }): WorkReply;
  /** Panel page: with its token the first time, afterwards known by its frame. */
  panel(data: { readonly token: string }): PanelReply;
  summary(data: SummaryRequest): Summary;
  /** Popup: state of the site in this tab. */
  site(data: { readonly tabId: number; readonly url: string }): SiteState;
  /** Popup: the person has just granted, or wants to give back, this pattern. */
  siteChanged(data: { readonly pattern: string; readonly on: boolean; readonly tabId: number }): void;
  /** Popup: show this lead, in its open tab if there is one. */
  openLead(data: { readonly lead: LeadKey }): { readonly ok: boolean };
  /** Content script, panel, popup, options: a person does something with leads. Answered once it is on disk. */
  act(data: ActRequest): ActReply;
  /** Silences this person's reminders of these leads; `null` ends it. Never touches a clock. */
  snooze(data: { readonly leads: readonly LeadKey[]; readonly until: number | null }): { readonly ok: boolean };
  /** The lead to work on next; `null` where nothing is due. */
  next(data: Nothing): { readonly lead: LeadKey | null };
  person(data: Nothing): {
    readonly person: PersonSettings;
    readonly readable: boolean;
    /** Settings that the organisation has set and a person can't change. */
    readonly locked?: readonly string[];
    /** Settings whose value is the organisation's. */
    readonly byPolicy?: readonly string[];
  };
  /** First run, options: who CRM pages said is signed in, by the CRM's origin. */
  viewers(data: Nothing): readonly KnownViewer[];
  /** `false` where the storage refused, or holds a newer version's settings. */
  savePerson(data: { readonly person: PersonSettings }): { readonly ok: boolean };
  /** Options: erases what is known of a lead for good; counts stay. */
  eraseLead(data: { readonly lead: LeadKey }): { readonly ok: boolean; readonly facts: number };
  /** Options, report: the ledger's file, page by page; all pages together are the file. */
  exportPage(data: { readonly after?: string }): ExportPage;
  /**
   * Options: takes in whole lines of a file, of which the first has this number, from 1. The file's first line must come
   * first. Every chunk is kept or not by itself, and twice is once.
   */
  importChunk(data: { readonly text: string; readonly line: number; readonly last: boolean }): ImportResult;
  ledgerInfo(data: Nothing): LedgerInfo | null;
  /** Options: how well pages were read, and what no longer is. */
  healthTable(data: Nothing): HealthTable;
  /** Options: the structure of an open page of this kind. */
  pageStructure(data: { readonly adapter: string; readonly surface: RouteKind }): StructureReply;
  /** Options: the repairs in force, and those that are not. */
  repairList(data: Nothing): RepairList;
  /** Options: is this text a list of repairs? Nothing is kept. */
  readRepairs(data: { readonly text: string }): RepairReading;
  /** Options: keep these; one for the same CRM is replaced. `false` where the storage refused. */
  keepRepairs(data: { readonly repairs: readonly Repair[] }): { readonly ok: boolean };
  removeRepair(data: { readonly adapter: string }): { readonly ok: boolean };
}

/** Worker → content script. */
export interface PageProtocol {
  /** The agreement, the ledger or the time changed: look and ask again. */
  refresh(data: undefined): void;
  /** It is this tab's turn to sweep; `false` where it can't. */
  sweep(data: undefined): boolean;
  /** The person took this site's permission back: remove everything and stop, if this page falls under the pattern. */
  leave(data: { readonly pattern: string }): void;
}

/** Panel page ↔ the overlay around it, by `postMessage` with the token's channel. */
export type PanelSignal =
  | { readonly relevo: 'close' }
  | { readonly relevo: 'height'; readonly px: number }
  /** Something was done with the lead or the selected ones, or taken back: look at them again. */
  | { readonly relevo: 'acted' }
  | { readonly relevo: 'undone' };

/** The overlay → its bar: the leads of its token are others now. It says nothing that the page could not say, too. */
export interface BarSignal {
  readonly relevo: 'look';
}
