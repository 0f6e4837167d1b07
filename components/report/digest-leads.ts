/** From the leads of a page of the ledger's file, with their facts, to digests. Facts are let go once they are digested. */
import type { CalendarSource, CalendarSpec } from '../../lib/calendar/types';
import { evaluateAll } from '../../lib/clock';
import { isComplete } from '../../lib/lead/completeness';
import type { Fact } from '../../lib/lead/facts';
import type { Lead, LeadKey } from '../../lib/lead/lead';
import { groupOf, readableThrough, type Views } from '../../lib/lead/readable';
import { standing } from '../../lib/lead/standing';
import type { ExportPage } from '../../lib/messages/ledger';
import type { ReportTerms } from '../../lib/messages/report';
import { digestOf, type Digest } from '../../lib/report';
import { conditionalPromises } from '../../lib/report/covered';
import type { LeadFace } from './faces';

export interface Entries {
  readonly leads: readonly Lead[];
  readonly facts: ReadonlyMap<LeadKey, readonly Fact[]>;
  readonly views: Readonly<Record<LeadKey, Views>>;
}

/** The parts of a page of the ledger's file; the worker has parsed every record when it read it. */
export function entriesOf({ lines, views = {} }: ExportPage): Entries {
  const leads: Lead[] = [];
  const facts = new Map<LeadKey, Fact[]>();
  for (const line of lines) {
    const { lead, fact } = JSON.parse(line) as { readonly lead?: Lead; readonly fact?: Fact };
    if (lead) leads.push(lead);
    if (!fact) continue;
    const known = facts.get(fact.lead);
    if (known) known.push(fact);
    else facts.set(fact.lead, [fact]);
  }
  return { leads, facts, views };
}

function completeAt(lead: Lead, facts: readonly Fact[], views: Views | undefined, terms: ReportTerms): boolean | null {
  const { agreement, shown, asOf: now } = terms;
  const group = groupOf(lead.id);
  const readable = readableThrough(views, Object.hasOwn(shown, group) ? shown[group] : undefined);
  return isComplete(lead, agreement.quality, { facts: standing(facts), readable, now });
}

/** What digests are made with, and what they come to. */
export interface Digesting {
  readonly terms: ReportTerms;
  readonly spec: CalendarSpec | null;
  readonly calendars: CalendarSource;
  readonly digests: Digest[];
  readonly faces: Map<LeadKey, LeadFace>;
  /** Leads of which a file brought facts only: they can't be judged and are in no figure. */
  readonly factsOnly: Set<LeadKey>;
}

export function digestLeads({ leads, facts, views }: Entries, into: Digesting): void {
  const { terms, spec, calendars } = into;
  // What is asked of a draft stands in no version yet.
  const promises = conditionalPromises([terms.agreement, ...terms.versions]);
  const now = terms.asOf;
  const measure = spec && { spec, calendars };
  for (const lead of leads) {
    const own = facts.get(lead.key) ?? [];
    const complete = completeAt(lead, own, views[lead.key], terms);
    const clocks = evaluateAll(lead, own, terms.versions, calendars, now);
    into.digests.push(digestOf({ lead, facts: own, clocks, now, measure, promises, complete }));
    into.faces.set(lead.key, { name: lead.fields.name ?? null, company: lead.fields.company ?? null });
  }
  for (const key of facts.keys()) if (!into.faces.has(key)) into.factsOnly.add(key);
}
