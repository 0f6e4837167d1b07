/** What the report page needs from the browser and the worker. The entry point gives it; tests give their own. */
import type { LeadKey } from '../../lib/lead/lead';
import type { DaysChange } from '../../lib/ledger/kept-days';
import type { StoredDays } from '../../lib/ledger/read-days';
import type { ExportPage } from '../../lib/messages/ledger';
import type { CostBook, CostSaved, DecisionLog, ReportTerms } from '../../lib/messages/report';
import type { CostEntry, CostPlace } from '../../lib/settings/cost-schema';
import type { Decision } from '../../lib/settings/decision-schema';
import type { PersonSettings } from '../../lib/settings/person';

/** Days that the ledger keeps; see `lib/ledger/kept-days`. */
export interface DayServices {
  /** Names this build: another one may compute in another way. */
  readonly build: string;
  /** First of all; `null` where nothing can be kept. */
  readonly begin: () => Promise<number | null>;
  readonly read: (session: number) => Promise<StoredDays | null>;
  /** These leads with their facts, as a part of the ledger's file. */
  readonly leads: (leads: readonly LeadKey[]) => Promise<ExportPage>;
  readonly keep: (change: DaysChange) => Promise<boolean>;
  readonly settle: (session: number) => Promise<boolean>;
}

export interface ReportServices {
  readonly terms: () => Promise<ReportTerms>;
  readonly person: () => Promise<PersonSettings>;
  /** A part of the ledger's file; `after` is the `next` of the part before. */
  readonly page: (after?: string) => Promise<ExportPage>;
  /** `null`: everything is computed from facts, each time. */
  readonly days: DayServices | null;
  readonly openLead: (lead: LeadKey) => Promise<boolean>;
  readonly decisions: () => Promise<DecisionLog>;
  readonly saveDecision: (decision: Decision) => Promise<boolean>;
  readonly removeDecision: (id: string) => Promise<boolean>;
  readonly costs: () => Promise<CostBook>;
  readonly saveCost: (cost: CostEntry) => Promise<CostSaved>;
  readonly removeCost: (place: CostPlace) => Promise<CostSaved>;
  readonly copy: (text: string) => Promise<void>;
  readonly save: (name: string, content: Blob) => void;
  readonly print: () => void;
  readonly newId: () => string;
  readonly now: () => number;
}
