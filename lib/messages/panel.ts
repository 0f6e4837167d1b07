/**
 * What the panel, the sidebar and the bar of several leads ask, and what they and the page around them say to each other.
 * Types only, as `contract.ts`.
 */
import type { ExplainStep } from '../clock/explain-types';
import type { Clock } from '../clock/types';
import type { Lead, LeadKey, RouteKind } from '../lead/lead';
import type { PanelWork, WorkReply } from './acts';
import type { AgreementSource } from './agreements';
import type { OpenHours } from './observing';
import type { Problem } from './problems';

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
  | { readonly ok: false; readonly reason: 'not-allowed' | 'no-such-lead' | 'ledger-unavailable' }
  /** A person erased it; `lead` is what has to be named to have it recorded again. */
  | { readonly ok: false; readonly reason: 'erased'; readonly lead: LeadKey };

/** What a person has at hand on a page of a CRM. */
export interface OnHand {
  /** `null`: no lead. */
  readonly lead: LeadKey | null;
  /** What the page is; `null` where no leads are. */
  readonly surface: RouteKind | null;
}

export type SidebarReply =
  | PanelReply
  /** Nobody of ours reads the page in this tab. */
  | { readonly ok: false; readonly reason: 'no-crm' }
  | { readonly ok: false; readonly reason: 'nothing-on-hand'; readonly surface: OnHand['surface'] };

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

/** Content script, panel, sidebar, bar → worker. */
export interface PanelProtocol {
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
  /** Content script: what is on hand, when it was asked (`sayOnHand`) and when that may have changed. */
  onHand(data: OnHand): void;
  /** Sidebar: the lead on hand in this tab. */
  sidebar(data: { readonly tabId: number }): SidebarReply;
}
