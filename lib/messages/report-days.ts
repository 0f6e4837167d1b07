/**
 * How the report page has days kept (see `lib/ledger/kept-days`). It reads them from the database by itself and asks the worker,
 * the only writer, to keep what it computed. Types only, as `contract.ts`.
 */
import type { LeadKey } from '../lead/lead';
import type { DaysChange, KeptDay } from '../ledger/kept-days';
import type { ExportPage } from './ledger';
import type { Nothing } from './nothing';

/** Messages are JSON in some browsers: bytes travel as base64. */
export interface SentDay extends Omit<KeptDay, 'rows'> {
  readonly rows: string;
}

export interface SentDays extends Omit<DaysChange, 'put'> {
  readonly put: readonly SentDay[];
}

/** Report → worker. */
export interface ReportDaysProtocol {
  /** `null` where the ledger keeps nothing. */
  beginDays(data: Nothing): { readonly session: number | null };
  /** These leads with their facts, as a page of the ledger's file. */
  dayLeads(data: { readonly leads: readonly LeadKey[] }): ExportPage;
  /** `false`: it was not kept, and nothing more of this session will be. */
  keepDays(data: SentDays): { readonly ok: boolean };
  settleDays(data: { readonly session: number }): { readonly ok: boolean };
}
