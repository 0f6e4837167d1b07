/** On which sites we are, and who a CRM says is signed in there. Types only, as `contract.ts`. */
import type { Nothing } from './nothing';
import type { PageHealth } from './page-health';

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
      /** Leads here have no clock until the person says in which zone this site shows times. */
      readonly zoneWanted?: true;
    };

/** Who a CRM says is signed in. */
export interface KnownViewer {
  readonly origin: string;
  readonly name: string;
}

/** A site that the organisation names in its policy as one of its CRMs. */
export interface PolicySite {
  /** As the browser wants to be asked for it. */
  readonly pattern: string;
  /** We run there already. */
  readonly granted: boolean;
}

/** Popup, options, first run → worker. */
export interface SiteProtocol {
  /** The organisation's CRMs, for the person to allow those that are not allowed yet. */
  policySites(data: Nothing): readonly PolicySite[];
  /** Popup: state of the site in this tab. */
  site(data: { readonly tabId: number; readonly url: string }): SiteState;
  /** Popup: the person has just granted, or wants to give back, this pattern. */
  siteChanged(data: { readonly pattern: string; readonly on: boolean; readonly tabId: number }): void;
  /** First run, options: who CRM pages said is signed in, by the CRM's origin. */
  viewers(data: Nothing): readonly KnownViewer[];
}
