/** How CRM sites show times, as the person sets it. Types only, as `contract.ts`. */
import type { SiteDates } from '../crm/types';
import type { Nothing } from './nothing';

/** What holds for one site. */
export interface SiteDatesSet {
  readonly origin: string;
  readonly dates: SiteDates;
}

/** A site whose pages showed creation dates that can't be placed without its zone. */
export interface DatedSite extends SiteDatesSet {
  /** Adapter id. */
  readonly crm: string;
}

/** Options → worker. */
export interface SiteDatesProtocol {
  /** Sites whose dates need a zone, and those that have one. */
  datedSites(data: Nothing): readonly DatedSite[];
  /** `false` where the storage refused. */
  saveSiteDates(data: SiteDatesSet): { readonly ok: boolean };
}
