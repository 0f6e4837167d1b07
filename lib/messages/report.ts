/**
 * What the report page may ask. Types only, as `contract.ts`. The worker hands over the ledger's pages (`exportPage`) and the
 * terms; every figure is computed in the page, so that a year of leads never keeps the worker from its badges.
 */
import type { Agreement } from '../agreement/schema';
import type { Shown } from '../lead/readable';
import type { CostEntry, CostPlace, SourceCost } from '../settings/cost-schema';
import type { Decision } from '../settings/decision-schema';
import type { Nothing } from './nothing';

export interface ReportTerms {
  readonly asOf: number;
  /** In force, zones named. */
  readonly agreement: Agreement;
  /** In force now or before, newest first. */
  readonly versions: readonly Agreement[];
  /** Leads in the ledger; `null` where it does not answer. */
  readonly leads: number | null;
  /** Fields that pages and APIs of each CRM and record type show, by `groupOf`. */
  readonly shown: Readonly<Record<string, Shown>>;
}

export interface DecisionLog {
  readonly decisions: readonly Decision[];
  /** `false`: what is stored can't be read, and is kept aside. */
  readonly readable: boolean;
}

/** What sources cost, as far as somebody entered it. */
export interface CostBook {
  /** Of all amounts; `null` while there is none. */
  readonly currency: string | null;
  /** The newest month first. */
  readonly costs: readonly SourceCost[];
  /** `false`: what is stored can't be read, and is kept aside. */
  readonly readable: boolean;
}

/** `currency`: the amounts that are there are in another one. */
export type CostSaved =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'storage' | 'full' | 'currency' | 'unreadable' };

/** Report → worker. */
export interface ReportProtocol {
  reportTerms(data: Nothing): ReportTerms;
  decisions(data: Nothing): DecisionLog;
  /** New, or in the place of the one with this id. `false` where the storage refused or the log is full. */
  saveDecision(data: { readonly decision: Decision }): { readonly ok: boolean };
  removeDecision(data: { readonly id: string }): { readonly ok: boolean };
  costs(data: Nothing): CostBook;
  /** In the place of what this source cost in this month so far. */
  saveCost(data: { readonly cost: CostEntry }): CostSaved;
  removeCost(data: { readonly place: CostPlace }): CostSaved;
}
