/** What the options and the report ask of the ledger as a whole. Types only, as `contract.ts`. */
import type { KeptCounts } from '../ledger/aggregate';
import type { ImportResult } from '../ledger/import';
import type { LeadKey } from '../lead/lead';
import type { Views } from '../lead/readable';
import type { Nothing } from './nothing';

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
  /** What is left of leads that are no longer kept; `null`: none were. */
  readonly kept: KeptCounts | null;
}

/** A part of the ledger as lines of its file. */
export interface ExportPage {
  readonly lines: readonly string[];
  /** How this browser read the leads of the page; no part of the file. */
  readonly views?: Readonly<Record<LeadKey, Views>>;
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

/** Options, report → worker. */
export interface LedgerProtocol {
  /** Options: erases what is known of a lead for good; counts stay. */
  eraseLead(data: { readonly lead: LeadKey }): { readonly ok: boolean; readonly facts: number };
  /** Panel, sidebar: has a lead recorded again that was erased. */
  recordAgain(data: { readonly lead: LeadKey }): { readonly ok: boolean };
  /** Options, report: the ledger's file, page by page; all pages together are the file. */
  exportPage(data: { readonly after?: string }): ExportPage;
  /**
   * Options: takes in whole lines of a file, of which the first has this number, from 1. The file's first line must come
   * first. Every chunk is kept or not by itself, and twice is once.
   */
  importChunk(data: { readonly text: string; readonly line: number; readonly last: boolean }): ImportResult;
  ledgerInfo(data: Nothing): LedgerInfo | null;
}
