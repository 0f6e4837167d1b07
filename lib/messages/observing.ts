/**
 * What a CRM's page tells of its leads and what it is told of them. Types only, as `contract.ts`: the content script imports
 * this file.
 */
import type { OpenInterval } from '../calendar/types';
import type { Clock } from '../clock/types';
import type { SelectorRepairs } from '../crm/repair';
import type { SiteDates, SweepEnd, SweepLook } from '../crm/types';
import type { LeadKey, Observation, Viewer } from '../lead/lead';
import type { Messages } from '../platform/i18n';
import type { Problem } from './problems';

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

/** Content script → worker. */
export interface ObserveProtocol {
  observe(data: ObserveRequest): ObserveReply;
  /** A page of a sweep; nobody waits for its clocks. */
  sweepPage(data: { readonly observations: readonly Observation[] }): void;
  /** A sweep is over, whether it met all or not; what it is answered it looks after, and then says so again. */
  sweepEnd(data: SweepEnd): readonly SweepLook[];
  /**
   * Content script: run this adapter's script in the asking page, unless it is there (`beside`), and say which of its
   * selectors are repaired. `ok` is `false` where the browser refused.
   */
  loadAdapter(data: { readonly id: string; readonly beside: boolean }): {
    readonly ok: boolean;
    readonly repairs: SelectorRepairs;
    /** What badges say, where the person chose another language than the browser's. */
    readonly messages: Messages | null;
    /** How this site shows times, as the person set it. */
    readonly dates: SiteDates;
  };
  /** Content script: run this adapter's script in the page's own world, where it has one. */
  loadWorld(data: { readonly id: string }): { readonly ok: boolean };
}
