/**
 * Everything that pages, popup and panel may ask the worker, and the other way round. Types only: the content script
 * imports this file, so no validation here (`schemas.ts`, worker only). Identity comes from the sender, never from a payload.
 */
import type { Clock } from '../clock/types';
import type { ExplainStep } from '../clock/explain-types';
import type { OpenInterval } from '../calendar/types';
import type { Lead, LeadKey, Observation, RouteKind, Viewer } from '../lead/lead';

/** Something that does not work, said to the person in words from the catalogue (`problem_<code>`). */
export type ProblemCode =
  | 'ledger-unavailable'
  | 'ledger-full'
  | 'agreement-unreadable'
  | 'agreement-newer'
  | 'settings-unreadable'
  | 'api-unauthorised'
  | 'api-limited'
  | 'api-failing'
  | 'api-unreadable';

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
  readonly problems: readonly Problem[];
}

/** How well a page is read: counts and field names, no lead data. */
export interface PageHealth {
  readonly adapter: string | null;
  readonly adapterLabel: string | null;
  readonly surface: RouteKind | null;
  readonly rows: number;
  readonly read: number;
  /** Rows that could not be read, by the name of the missing field. */
  readonly missing: Readonly<Record<string, number>>;
  readonly badges: number;
  readonly putBack: number;
  readonly givenUp: number;
  readonly problems: readonly Problem[];
  readonly at: number;
}

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
}

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
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly reason: 'not-allowed' | 'no-such-lead' | 'ledger-unavailable' };

export type AgreementSource = 'policy' | 'sync' | 'built-in';

/** Page, popup and panel → worker. */
export interface WorkerProtocol {
  observe(data: ObserveRequest): ObserveReply;
  health(data: PageHealth): void;
  /** Content script: run this adapter's script in the asking page; `false` where the browser refused. */
  loadAdapter(data: { readonly id: string }): { readonly ok: boolean };
  /** Content script: a one-time token with which the panel page may show this lead. */
  panelToken(data: { readonly lead: LeadKey }): { readonly token: string };
  /** Panel page: with its token the first time, afterwards known by its frame. */
  panel(data: { readonly token: string }): PanelReply;
  summary(data: SummaryRequest): Summary;
  /** Popup: state of the site in this tab. */
  site(data: { readonly tabId: number; readonly url: string }): SiteState;
  /** Popup: the person has just granted, or wants to give back, this pattern. */
  siteChanged(data: { readonly pattern: string; readonly on: boolean; readonly tabId: number }): void;
  /** Popup: show this lead, in its open tab if there is one. */
  openLead(data: { readonly lead: LeadKey }): { readonly ok: boolean };
}

/** Worker → content script. */
export interface PageProtocol {
  /** The agreement, the ledger or the time changed: look and ask again. */
  refresh(data: undefined): void;
  /** The person took this site's permission back: remove everything and stop, if this page falls under the pattern. */
  leave(data: { readonly pattern: string }): void;
}

/** Panel page ↔ the overlay around it, by `postMessage` with the token's channel. */
export type PanelSignal = { readonly relevo: 'close' } | { readonly relevo: 'height'; readonly px: number };
