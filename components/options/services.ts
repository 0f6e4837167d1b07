/** What the options page needs from the browser and the worker. The entry point gives it; tests give their own. */
import type { AgreementServices } from '../agreement/services';
import type { DataServices } from '../data/services';
import type { ProcedureServices } from '../procedure/services';
import type { YouServices } from '../you/services';
import type { RouteKind } from '../../lib/lead/lead';
import type { HealthTable, StructureReply } from '../../lib/messages/page-health';
import type { DatedSite, SiteDatesSet } from '../../lib/messages/site-dates';
import type { Repair, RepairList, RepairReading } from '../../lib/messages/repairs';

/** Which program this is, for a report. */
export interface About {
  readonly version: string;
  /** Family only: `chrome`, `edge`, `firefox`. */
  readonly browser: string;
}

export interface OptionsServices {
  readonly agreement: AgreementServices;
  readonly procedure: ProcedureServices;
  readonly you: YouServices;
  readonly data: DataServices;
  readonly about: About;
  readonly datedSites: () => Promise<readonly DatedSite[]>;
  /** `false`: the storage refused. */
  readonly saveSiteDates: (set: SiteDatesSet) => Promise<boolean>;
  readonly healthTable: () => Promise<HealthTable>;
  readonly structure: (adapter: string, surface: RouteKind) => Promise<StructureReply>;
  readonly repairList: () => Promise<RepairList>;
  /** Parses a list of repairs; nothing is kept. */
  readonly readRepairs: (text: string) => Promise<RepairReading>;
  /** `false`: the storage refused. */
  readonly keepRepairs: (repairs: readonly Repair[]) => Promise<boolean>;
  readonly removeRepair: (adapter: string) => Promise<boolean>;
  readonly copy: (text: string) => Promise<void>;
  readonly now: () => number;
}
