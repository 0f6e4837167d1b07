/** How well pages are read, and what can be shown of one that is not. Counts and names, never lead data. Types only, as `contract.ts`. */
import type { RouteKind } from '../lead/lead';
import type { Nothing } from './nothing';
import type { Problem } from './problems';

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
  /** No leads here, where there always were some: visits in a row, this one included. The worker's word, not the page's. */
  readonly emptyRun?: number;
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

/** Content script, options → worker. */
export interface PageHealthProtocol {
  health(data: PageHealth): HealthReply;
  /** Options: how well pages were read, and what no longer is. */
  healthTable(data: Nothing): HealthTable;
  /** Options: the structure of an open page of this kind. */
  pageStructure(data: { readonly adapter: string; readonly surface: RouteKind }): StructureReply;
}
