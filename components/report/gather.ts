/**
 * Reads the ledger through the worker, page by page, and makes each lead's digest of it: the browser breathes between two
 * pages, and whoever waits sees how far it is and can stop it. Facts are let go once they are digested.
 */
import { createCalendarCache } from '../../lib/calendar';
import type { CalendarSource, CalendarSpec } from '../../lib/calendar/types';
import { evaluate } from '../../lib/clock';
import { isComplete } from '../../lib/lead/completeness';
import type { Fact } from '../../lib/lead/facts';
import type { Lead, LeadKey } from '../../lib/lead/lead';
import { groupOf, readableThrough, type Views } from '../../lib/lead/readable';
import { standing } from '../../lib/lead/standing';
import type { ExportPage } from '../../lib/messages/contract';
import type { ReportTerms } from '../../lib/messages/report';
import { createColumns, digestOf, type Columns, type Digest } from '../../lib/report';
import type { ReportServices } from './services';

/** What a list of leads shows of each. */
export interface LeadFace {
  readonly name: string | null;
  readonly company: string | null;
}

export interface Gathered {
  readonly terms: ReportTerms;
  readonly columns: Columns;
  readonly faces: ReadonlyMap<LeadKey, LeadFace>;
  /** Whose working time carries a promised number; `null` where the agreement has no calendar. */
  readonly spec: CalendarSpec | null;
  readonly calendars: CalendarSource;
  readonly facts: number;
  /** Leads of which a file brought facts only: they can't be judged and are in no figure. */
  readonly withoutLead: number;
}

/** The parts of a page of the ledger's file; the worker has parsed every record when it read it. */
export function entriesOf(lines: readonly string[]): {
  readonly leads: readonly Lead[];
  readonly facts: Map<LeadKey, Fact[]>;
} {
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
  return { leads, facts };
}

/** All pages in order; the next one is on its way while this one is read. */
export async function* pagesOf(services: Pick<ReportServices, 'page'>, signal?: AbortSignal) {
  let coming: ReturnType<ReportServices['page']> | null = services.page();
  while (coming !== null) {
    const { lines, next, views = {} }: ExportPage = await coming;
    signal?.throwIfAborted();
    coming = next === undefined ? null : services.page(next);
    // Whoever stops reading leaves a question open; its answer interests nobody.
    coming?.catch(() => {});
    yield { ...entriesOf(lines), views };
  }
}

/** The hours that most of the agreement runs on: those of the calendar that stands first. */
const specOf = ({ agreement }: ReportTerms): CalendarSpec | null => Object.values(agreement.calendars)[0] ?? null;

function completeAt(lead: Lead, facts: readonly Fact[], views: Views | undefined, terms: ReportTerms): boolean | null {
  const { agreement, shown, asOf: now } = terms;
  const group = groupOf(lead.id);
  const readable = readableThrough(views, Object.hasOwn(shown, group) ? shown[group] : undefined);
  return isComplete(lead, agreement.quality, { facts: standing(facts), readable, now });
}

const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface GatherOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (leads: number, of: number | null) => void;
}

export async function gather(services: ReportServices, { signal, onProgress }: GatherOptions): Promise<Gathered> {
  const terms = await services.terms();
  const spec = specOf(terms);
  const calendars = createCalendarCache();
  const { promises } = terms.agreement;
  const measure = spec && { spec, calendars };
  const now = terms.asOf;
  const digests: Digest[] = [];
  const faces = new Map<LeadKey, LeadFace>();
  let [factCount, withoutLead] = [0, 0];
  for await (const { leads, facts, views } of pagesOf(services, signal)) {
    for (const lead of leads) {
      const own = facts.get(lead.key) ?? [];
      const complete = completeAt(lead, own, views[lead.key], terms);
      const clocks = evaluate(lead, own, terms.versions, calendars, now);
      digests.push(digestOf({ lead, facts: own, clocks, now, measure, promises, complete }));
      faces.set(lead.key, { name: lead.fields.name ?? null, company: lead.fields.company ?? null });
    }
    for (const [key, own] of facts) {
      factCount += own.length;
      if (!faces.has(key)) withoutLead += 1;
    }
    onProgress(digests.length, terms.leads);
  }
  const columns = createColumns(digests, { timeZone: spec?.timeZone ?? zoneHere(), now });
  return { terms, columns, faces, spec, calendars, facts: factCount, withoutLead };
}
