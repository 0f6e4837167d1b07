/** What the popup needs from the browser and the worker. The entry point gives it; tests give their own. */
import type { LeadKey } from '../../lib/lead/lead';
import type { AgreementReply, AgreementState } from '../../lib/messages/agreements';
import type { PolicySiteServices } from '../../lib/messages/policy-sites';
import type { SiteState } from '../../lib/messages/sites';
import type { Summary, SummaryRequest } from '../../lib/messages/summary';

export type Site = Exclude<SiteState, { readonly kind: 'not-a-site' }>;

export interface PopupServices extends PolicySiteServices {
  readonly summary: (request: SummaryRequest) => Promise<Summary>;
  readonly site: () => Promise<SiteState>;
  readonly openLead: (lead: LeadKey) => Promise<boolean>;
  /** The lead where acting now is worth most; `null` where there is none. */
  readonly next: () => Promise<LeadKey | null>;
  /**
   * Silences this person's reminders, never a clock.
   * @param until epoch ms; `null` wakes them.
   * @returns `false` where it could not be kept.
   */
  readonly snooze: (leads: readonly LeadKey[], until: number | null) => Promise<boolean>;
  /** Called inside the click: it may ask the browser for the permission. `false`: the person said no. */
  readonly turnOn: (site: Site) => Promise<boolean>;
  /** `false`: the browser keeps it, for example because a policy or the extension itself requires it. */
  readonly turnOff: (site: Site) => Promise<boolean>;
  /** Versions of the agreement that wait to be read. */
  readonly unread: () => Promise<AgreementState['toAcknowledge']>;
  readonly acknowledge: (version: { readonly id: string; readonly version: number }) => Promise<AgreementReply>;
  /** Shows the options page; the popup closes by itself. */
  readonly openOptions: () => void;
  /** Shows where in the options the zone of a site is set; the popup closes by itself. */
  readonly openTimes: () => void;
  /** Shows the report in a tab; the popup closes by itself. */
  readonly openReport: () => void;
  /**
   * Shows the lead on hand beside the page; `null` where the browser has no place for it. Called inside the click or key.
   * `false`: the browser did not.
   */
  readonly openSidebar: (() => Promise<boolean>) | null;
  readonly close: () => void;
  readonly now: () => number;
}
