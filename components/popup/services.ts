/** What the popup needs from the browser and the worker. The entry point gives it; tests give their own. */
import type { LeadKey } from '../../lib/lead/lead';
import type { SiteState, Summary, SummaryRequest } from '../../lib/messages/contract';

export type Site = Exclude<SiteState, { readonly kind: 'not-a-site' }>;

export interface PopupServices {
  readonly summary: (request: SummaryRequest) => Promise<Summary>;
  readonly site: () => Promise<SiteState>;
  readonly openLead: (lead: LeadKey) => Promise<boolean>;
  /** Called inside the click: it may ask the browser for the permission. `false`: the person said no. */
  readonly turnOn: (site: Site) => Promise<boolean>;
  /** `false`: the browser keeps it, for example because a policy or the extension itself requires it. */
  readonly turnOff: (site: Site) => Promise<boolean>;
  /** Shows the options page; the popup closes by itself. */
  readonly openOptions: () => void;
  readonly close: () => void;
  readonly now: () => number;
}
