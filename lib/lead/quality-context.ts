/** What quality rules are given beside the lead. Types only. */
import type { Condition, LeadStage, Persona, Scope } from '../agreement/schema';
import type { Meaning } from './evidence';
import type { Fact } from './facts';
import type { FieldName, Lead, LeadKey } from './lead';
import type { PhoneReading } from './phone';
import type { DuplicateBy } from './quality-rules';

/** What the rules need to know beside the lead. */
export interface QualityContext {
  /** Epoch ms. */
  readonly now: number;
  /** The lead's facts, those that stand. */
  readonly facts: readonly Fact[];
  /** What the agreement says that the lead's status means. */
  readonly meaning?: Meaning;
  readonly stages: readonly Pick<LeadStage, 'id' | 'when'>[];
  readonly personas: readonly Pick<Persona, 'when'>[];
  readonly scope: Scope;
  /**
   * Fields that were seen on some lead of this CRM through the same page or API that this lead was read through. Only they
   * can be missing: a list without a phone column says nothing about phones.
   */
  readonly readable: ReadonlySet<FieldName>;
  /** Whether all conditions hold for a lead. */
  matches(conditions: readonly Condition[], lead: Lead): boolean;
  /** What kind of addresses a domain gives away; absent while the lists are not at hand. */
  readonly mailKind?: (domain: string) => 'free' | 'disposable' | null;
  /** Reads a phone number; absent while the numbering plans are not at hand. */
  readonly phone?: (text: string, country?: string) => PhoneReading;
  /** Leads that share this lead's mail, phone, or name and company, as the ledger found them by its keys. */
  readonly sharing: ReadonlyMap<DuplicateBy, readonly LeadKey[]>;
}
