/**
 * Everything that pages, popup and panel may ask the worker, and the other way round, put together from the files of its
 * subjects. Types only: the content script imports this file, so no validation here (`schemas.ts`, worker only). Identity
 * comes from the sender, never from a payload.
 */
import type { Messages } from '../platform/i18n';
import type { ActProtocol } from './acts';
import type { AgreementProtocol } from './agreements';
import type { LedgerProtocol } from './ledger';
import type { ObserveProtocol } from './observing';
import type { PageHealthProtocol } from './page-health';
import type { PanelProtocol } from './panel';
import type { PersonProtocol } from './person';
import type { RepairProtocol } from './repairs';
import type { ReportProtocol } from './report';
import type { ReportDaysProtocol } from './report-days';
import type { SiteDatesProtocol, SiteDatesSet } from './site-dates';
import type { SiteProtocol } from './sites';
import type { SummaryProtocol } from './summary';
import type { TeamProtocol } from './team';

/** Page, popup and panel → worker. */
export interface WorkerProtocol
  extends
    ActProtocol,
    AgreementProtocol,
    LedgerProtocol,
    ObserveProtocol,
    PageHealthProtocol,
    PanelProtocol,
    PersonProtocol,
    RepairProtocol,
    ReportProtocol,
    ReportDaysProtocol,
    SiteDatesProtocol,
    SiteProtocol,
    SummaryProtocol,
    TeamProtocol {}

/** Worker → content script. */
export interface PageProtocol {
  /**
   * The agreement, the ledger or the time changed: look and ask again. With the words of another language where the person
   * chose one; `null`: the browser's.
   */
  refresh(data: Messages | null | undefined): void;
  /** Say which lead is on hand, by a message of your own (`onHand`). */
  sayOnHand(data: undefined): void;
  /** The person said how a site shows times: pages of that origin read theirs again. */
  dates(data: SiteDatesSet): void;
  /** It is this tab's turn to sweep; `false` where it can't. With what the person calls themselves, where they have said it. */
  sweep(data: { readonly named?: string }): boolean;
  /** The person took this site's permission back: remove everything and stop, if this page falls under the pattern. */
  leave(data: { readonly pattern: string }): void;
}
