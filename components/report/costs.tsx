/** What sources cost, and what that makes an accepted lead: the figures, and under them the amounts as people enter them. */
import { t } from '../../lib/platform/i18n';
import { costTable } from '../../lib/report';
import type { Ratio } from '../../lib/report/statistics';
import { acceptedOf, costCell } from './cost-cell';
import { CostForm } from './cost-form';
import { Figure } from './figure';
import { plain, type FigureCell, type FigureTable } from './figure-table';
import { moneyWords, whyWords } from './report-words';
import { requestOf, type SectionProps, type View } from './view';

export function SourceCosts({ view }: SectionProps) {
  const { gathered, costs, kpi } = view;
  const { costPerAccepted } = kpi.efficiency;
  const currency = costs.currency ?? 'EUR';
  const rows = costTable(gathered.columns, requestOf(view)).map(({ source, amount, perAccepted }) =>
    rowOf(view, { name: source, source, amount, perAccepted }),
  );
  const isCut = costPerAccepted.why === 'cost-not-splittable';
  const table: FigureTable = {
    title: t('report_costs'),
    empty: isCut ? whyWords('cost-not-splittable') : t('report_costs_none'),
    columns: [
      { label: t('report_by_source'), kind: 'text' },
      { label: t('report_column_cost', currency), kind: 'number' },
      { label: t('report_column_accepted_leads'), kind: 'number' },
      { label: t('report_column_cost_per_accepted', currency), kind: 'number' },
    ],
    rows:
      rows.length > 1
        ? rows.concat([
            rowOf(view, { name: t('report_cost_all'), amount: costPerAccepted.top, perAccepted: costPerAccepted }),
          ])
        : rows,
  };
  return (
    <>
      <Figure tools={view.tools} table={table} formulas={['cost_per_accepted']}>
        {rows.length > 0 && <p>{t('report_costs_lead')}</p>}
      </Figure>
      <CostForm view={view} />
    </>
  );
}

interface Line {
  readonly name: string;
  readonly source?: string;
  readonly amount: number;
  readonly perAccepted: Ratio;
}

function rowOf(view: View, { name, source, amount, perAccepted }: Line): FigureCell[] {
  const accepted = acceptedOf(view, `${name}: ${t('report_column_accepted_leads')}`, source);
  return [
    plain(name),
    // Behind an amount stand the leads that it paid for.
    {
      value: amount,
      text: moneyWords(amount, view.costs.currency ?? 'EUR'),
      behind: { ...accepted, label: `${name}: ${t('report_column_hand_offs')}`, cell: { of: 'hand-offs' } },
    },
    { value: perAccepted.bottom, behind: accepted },
    costCell(view, perAccepted, source),
  ];
}
