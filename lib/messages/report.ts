/**
 * What the report page may ask. Types only, as `contract.ts`. The worker hands over the ledger's pages (`exportPage`) and the
 * terms; every figure is computed in the page, so that a year of leads never keeps the worker from its badges.
 */
import type { Agreement } from '../agreement/schema';
import type { Shown } from '../lead/readable';
import type { Decision } from '../settings/decision-schema';

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

type Nothing = Readonly<Record<string, never>>;

/** Report → worker. */
export interface ReportProtocol {
  reportTerms(data: Nothing): ReportTerms;
  decisions(data: Nothing): DecisionLog;
  /** New, or in the place of the one with this id. `false` where the storage refused or the log is full. */
  saveDecision(data: { readonly decision: Decision }): { readonly ok: boolean };
  removeDecision(data: { readonly id: string }): { readonly ok: boolean };
}
