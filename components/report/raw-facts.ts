/** The raw facts behind a figure, for whoever wants to count for themselves. Read anew from the ledger: the page keeps none. */
import type { Fact } from '../../lib/lead/facts';
import type { LeadKey } from '../../lib/lead/lead';
import { t } from '../../lib/platform/i18n';
import type { Table } from '../../lib/report/table';
import { pagesOf, pagesWith } from './gather';
import type { ReportServices } from './services';

/** Facts of these leads, as the ledger has them; with names hidden, without who said them and whom they name. */
export async function factsOf(
  services: Pick<ReportServices, 'page' | 'days'>,
  keys: readonly LeadKey[],
  names: 'hidden' | 'shown',
): Promise<readonly Fact[]> {
  const wanted = new Set(keys);
  const found: Fact[] = [];
  const pages = services.days ? pagesWith(services.days, keys) : pagesOf(services);
  for await (const { facts } of pages)
    for (const [key, own] of facts)
      if (wanted.has(key)) found.push(...(names === 'shown' ? own : own.map(withoutNames)));
  return found;
}

function withoutNames(fact: Fact): Fact {
  const hidden: Fact = { ...fact, author: fact.author.startsWith('crm:') ? fact.author : '' };
  return hidden.kind === 'reassignment'
    ? { ...hidden, owner: '', ...(hidden.ownerId === undefined ? {} : { ownerId: '' }) }
    : hidden;
}

export const factLines = (facts: readonly Fact[]): string => facts.map((fact) => `${JSON.stringify(fact)}\n`).join('');

/** What every fact has in columns of its own, what only some have as JSON. */
export function factTable(facts: readonly Fact[], title: string): Table {
  return {
    title,
    columns: [
      { label: 'id', kind: 'text' },
      { label: 'lead', kind: 'text' },
      { label: 'kind', kind: 'text' },
      { label: t('report_fact_at'), kind: 'instant' },
      { label: t('report_fact_earliest'), kind: 'instant' },
      { label: t('report_fact_recorded'), kind: 'instant' },
      { label: 'author', kind: 'text' },
      { label: 'party', kind: 'text' },
      { label: 'evidence', kind: 'text' },
      { label: 'content', kind: 'text' },
    ],
    rows: facts.map(({ id, lead, at, earliest, author, party, evidence, recordedAt, kind, ...content }) => [
      id,
      lead,
      kind,
      at,
      earliest ?? null,
      recordedAt ?? null,
      author,
      party ?? null,
      evidence,
      JSON.stringify(content),
    ]),
  };
}
