/** What the overlay is given from outside, so that it can be run on a page without an extension around it. Types only. */
import type { ObserveReply, ObserveRequest } from '../messages/observing';
import type { HealthReply, PageHealth } from '../messages/page-health';
import type { SelectorLook } from '../crm/selector-look';
import type { sweepLeads, SweepWorker } from '../crm/sweep';
import type { createViewerLook } from '../crm/viewer';
import type { AskWorld, CrmAdapter, CrmRequest, SiteDates } from '../crm/types';
import type { LeadKey } from '../lead/lead';
import type { CreateDesk } from './desk-shelf';

/** The part of the worker that a page asks. */
export interface WorkerPort extends SweepWorker {
  observe(data: ObserveRequest): Promise<ObserveReply>;
  health(data: PageHealth): Promise<HealthReply>;
  panelToken(data: { readonly lead: LeadKey }): Promise<{ readonly token: string }>;
  bulkToken(data: { readonly leads: readonly LeadKey[]; readonly token?: string }): Promise<{ readonly token: string }>;
}

/** Words of the catalogue in the language they are really in. */
export interface Words {
  readonly locale: string;
  t(key: string, ...substitutions: readonly string[]): string;
}

export interface OverlayOptions {
  readonly adapter: CrmAdapter;
  readonly doc: Document;
  /** The page's address now. */
  readonly url: () => URL;
  /** How this site shows times, as the person set it now; `reread` after a change. */
  readonly dates?: () => SiteDates;
  readonly worker: WorkerPort;
  /** Same-origin requests to the CRM, aborted with the overlay. */
  readonly request: CrmRequest;
  /** The page's own world, for handles that only it can resolve. */
  readonly world?: AskWorld;
  /** Which of the adapter's selectors match, for page health. */
  readonly selectorLook?: SelectorLook;
  /** Repaired selectors that could not be applied, for page health. */
  readonly refusedRepairs?: readonly string[];
  /** These two came with the adapter. */
  readonly sweepLeads: typeof sweepLeads;
  readonly createViewerLook: typeof createViewerLook;
  readonly words: Words;
  /** What opens at badges and links; `null` for badges alone. */
  readonly createDesk: CreateDesk | null;
  /** Address of the panel page. */
  readonly panelUrl: string;
  /** Address of the page that acts on several leads, and asks about a touch. */
  readonly barUrl: string;
  /** Ends everything and takes every node of ours off the page. */
  readonly signal: AbortSignal;
  /** Whether the extension behind this script still exists; after an update it does not. */
  readonly alive?: () => boolean;
  /** Called when the overlay finds that the extension is gone. */
  readonly onDead?: () => void;
  /** Epoch ms. */
  readonly now?: () => number;
  /** In `[0, 1)`; spreads retries. */
  readonly random?: () => number;
  /** Lets the page work between two slices of ours. */
  readonly breathe?: () => Promise<void>;
}
