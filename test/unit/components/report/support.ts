/** A report whose worker the test holds in its hand: leads as pages of the ledger's file. */
import { vi, type Mock } from 'vitest';
import type { ReportServices } from '../../../../components/report/services';
import { agreementSchema, type Agreement } from '../../../../lib/agreement/schema';
import { defaultTerms } from '../../../../lib/agreement/defaults';
import type { Fact } from '../../../../lib/lead/facts';
import type { Lead } from '../../../../lib/lead/lead';
import { factLine, headerLine, leadLine } from '../../../../lib/ledger/file-format';
import type { SourceCost } from '../../../../lib/settings/cost-schema';
import type { Decision } from '../../../../lib/settings/decision-schema';
import { defaultPerson } from '../../../../lib/settings/person';
import { agreements, now, tellQuarter } from '../../report/quarter';

export interface ToldLead {
  readonly lead: Lead;
  readonly facts: readonly Fact[];
}

/** The quarter's agreements as the worker hands them over: nothing is left out. */
export function termsOf(more: Partial<Agreement> = {}): readonly Agreement[] {
  return agreements
    .map((one): Agreement => Object.assign({}, defaultTerms, agreementSchema.parse(one), more))
    .toReversed();
}

export const quarterLeads = (count: number): readonly ToldLead[] =>
  tellQuarter(count, 11).map(({ lead, facts }, index) => ({
    lead: { ...lead, fields: { ...lead.fields, name: `Lead ${index + 1}`, company: 'Nimbus' } },
    facts,
  }));

export interface ReportOptions {
  readonly leads?: readonly ToldLead[];
  readonly versions?: readonly Agreement[];
  readonly names?: 'hidden' | 'shown';
  readonly asOf?: number;
  readonly perPage?: number;
  readonly costs?: readonly SourceCost[];
}

type Faked = { readonly [Name in Exclude<keyof ReportServices, 'days'>]: Mock<ReportServices[Name]> } & Pick<
  ReportServices,
  'days'
>;

export function reportServices(options: ReportOptions = {}, change: Partial<ReportServices> = {}): Faked {
  const { leads = [], versions = termsOf(), names = 'hidden', asOf = now, perPage = 50 } = options;
  const decisions: Decision[] = [];
  const costs: SourceCost[] = [...(options.costs ?? [])];
  let currency = 'EUR';
  let made = 0;
  const services: ReportServices = {
    terms: async () => ({ asOf, agreement: versions[0]!, versions, leads: leads.length, shown: {} }),
    person: async () => ({ ...defaultPerson, names }),
    page: async (after) => {
      const from = after === undefined ? 0 : Number(after);
      const lines = leads
        .slice(from, from + perPage)
        .flatMap(({ lead, facts }) => [leadLine(lead)].concat(facts.map(factLine)));
      if (after === undefined) lines.unshift(headerLine(asOf));
      const next = from + perPage;
      return next < leads.length ? { lines, next: String(next) } : { lines };
    },
    days: null,
    openLead: async () => true,
    decisions: async () => ({ decisions: [...decisions], readable: true }),
    saveDecision: async (decision) => {
      const place = decisions.findIndex(({ id }) => id === decision.id);
      decisions.splice(Math.max(0, place), place === -1 ? 0 : 1, decision);
      return true;
    },
    removeDecision: async (id) => {
      const place = decisions.findIndex((one) => one.id === id);
      if (place !== -1) decisions.splice(place, 1);
      return place !== -1;
    },
    costs: async () => ({ currency: costs.length === 0 ? null : currency, costs: [...costs], readable: true }),
    saveCost: async ({ source, month, amount, currency: chosen }) => {
      currency = chosen;
      costs.splice(
        0,
        costs.length,
        { source, month, amount },
        ...costs.filter((cost) => cost.source !== source || cost.month !== month),
      );
      return { ok: true };
    },
    removeCost: async ({ source, month }) => {
      costs.splice(0, costs.length, ...costs.filter((cost) => cost.source !== source || cost.month !== month));
      return { ok: true };
    },
    copy: async () => {},
    save: () => {},
    print: () => {},
    newId: () => `0b0f6c1e-8a3c-4a52-9d53-${String((made += 1)).padStart(12, '0')}`,
    now: () => asOf,
    ...change,
  };
  return Object.fromEntries(
    Object.entries(services).map(([name, service]: [string, unknown]) => [
      name,
      typeof service === 'function' ? vi.fn(service as () => unknown) : service,
    ]),
  ) as unknown as Faked;
}

/** Where the page is asked to look. */
export const lookAt = (search: string): void => window.history.replaceState(null, '', `/report.html${search}`);
