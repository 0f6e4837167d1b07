/** What the report page needs from the browser and the worker. The entry point gives it; tests give their own. */
import type { LeadKey } from '../../lib/lead/lead';
import type { ExportPage } from '../../lib/messages/contract';
import type { DecisionLog, ReportTerms } from '../../lib/messages/report';
import type { Decision } from '../../lib/settings/decision-schema';
import type { PersonSettings } from '../../lib/settings/person';

export interface ReportServices {
  readonly terms: () => Promise<ReportTerms>;
  readonly person: () => Promise<PersonSettings>;
  /** A part of the ledger's file; `after` is the `next` of the part before. */
  readonly page: (after?: string) => Promise<ExportPage>;
  readonly openLead: (lead: LeadKey) => Promise<boolean>;
  readonly decisions: () => Promise<DecisionLog>;
  readonly saveDecision: (decision: Decision) => Promise<boolean>;
  readonly removeDecision: (id: string) => Promise<boolean>;
  readonly copy: (text: string) => Promise<void>;
  readonly save: (name: string, content: Blob) => void;
  readonly print: () => void;
  readonly newId: () => string;
  readonly now: () => number;
}
