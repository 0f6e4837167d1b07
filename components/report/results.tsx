/** Efficiency and outcome: what it took, what lies about, and what became of the leads. */
import { t } from '../../lib/platform/i18n';
import type { Cell } from '../../lib/report';
import type { Ratio, Share } from '../../lib/report/statistics';
import { Figure } from './figure';
import { plain, type Behind, type FigureCell, type FigureTable } from './figure-table';
import { costItems } from './headline-items';
import { partCell, partsTable } from './quality';
import { costCell } from './cost-cell';
import { countWords, partWords, percentWords, sureness, whyWords } from './report-words';
import { behindOf, shareCell, type SectionProps } from './view';

const ratio = ({ value, why }: Ratio, behind?: Behind): FigureCell => ({
  value,
  text: value === null ? whyWords(why) : countWords(value),
  ...(behind && { behind }),
});

/** "12 · 8 % (n = 150, 5 %–13 %)". */
const leftWords = (left: Share & { readonly value: number }): string =>
  `${countWords(left.part)} · ${percentWords(left.value)} (${sureness(left)})`;

export function Effort({ view }: SectionProps) {
  const { touchesPerAccepted, attempts, costPerAccepted, leftBehind } = view.kpi.efficiency;
  const attemptWords =
    attempts.median === null
      ? t('report_why_nothing_measured')
      : t('report_attempts', countWords(attempts.median), countWords(attempts.p90 ?? 0), countWords(attempts.n));
  const costs = costItems(view);
  const table: FigureTable = {
    title: t('report_effort'),
    columns: [
      { label: t('report_column_figure'), kind: 'text' },
      { label: t('report_column_value'), kind: 'number' },
    ],
    rows: [
      [
        plain(t('report_measure_touches_per_accepted')),
        ratio(
          touchesPerAccepted,
          behindOf(view, t('report_measure_touches_per_accepted'), { of: 'verdict', part: 'accepted' }),
        ),
      ],
      [
        plain(t('report_attempts_name')),
        {
          value: attempts.median,
          text: attemptWords,
          behind: behindOf(view, t('report_attempts_name'), { of: 'attempts' }),
        },
      ],
      ...costs.map(({ title, value, result, sure, behind }): FigureCell[] => [
        plain(title),
        { value, text: `${result} (${sure})`, behind },
      ]),
      // Where the agreement itself says what its period cost, what sources cost is a second figure only if somebody entered it.
      ...(costs.length === 0 || view.costs.costs.length > 0
        ? [[plain(t('report_measure_cost_per_accepted')), costCell(view, costPerAccepted)]]
        : []),
      [
        plain(t('report_left_behind')),
        {
          value: leftBehind.part,
          text: leftBehind.value === null ? whyWords(leftBehind.why) : leftWords(leftBehind),
          behind: behindOf(view, t('report_left_behind'), { of: 'left-behind' }),
        },
      ],
    ],
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['touches_per_accepted', 'attempts', 'cost_per_accepted', 'left_behind_share', 'percentile', 'wilson']}
    />
  );
}

export function Causes({ view }: SectionProps) {
  const { causes } = view.kpi.efficiency;
  const table = partsTable(view, t('report_causes'), [
    {
      group: t('report_left_behind'),
      breakdown: causes,
      cellOf: (id) => ({ of: 'cause', part: id }) as Cell,
      of: { of: 'left-behind' },
    },
  ]);
  return <Figure tools={view.tools} table={table} formulas={['left_behind_causes', 'wilson']} />;
}

export function Outcomes({ view }: SectionProps) {
  const { qualified, won, lost, outcomes } = view.kpi.outcome;
  const table: FigureTable = {
    title: t('report_outcomes'),
    columns: [
      { label: t('report_column_figure'), kind: 'text' },
      { label: t('report_column_leads'), kind: 'number' },
      { label: t('report_column_share'), kind: 'measured' },
    ],
    rows: [
      [
        plain(t('report_share_qualified')),
        { value: qualified.part, behind: behindOf(view, t('report_share_qualified'), { of: 'qualified' }) },
        shareCell(view, t('report_share_qualified'), qualified, [{ of: 'qualified' }, { of: 'hand-offs' }]),
      ],
      [
        plain(t('report_share_won')),
        { value: won.part, behind: behindOf(view, t('report_share_won'), { of: 'outcome', part: 'won' }) },
        shareCell(view, t('report_share_won'), won, [{ of: 'outcome', part: 'won' }, { of: 'hand-offs' }]),
      ],
      [
        plain(t('report_share_lost')),
        { value: lost.part, behind: behindOf(view, t('report_share_lost'), { of: 'lost' }) },
        shareCell(view, t('report_share_lost'), lost, [{ of: 'lost' }, { of: 'hand-offs' }]),
      ],
      ...outcomes.parts.map(({ id, count }): FigureCell[] => {
        const behind = behindOf(view, partWords(id), { of: 'outcome', part: id });
        const cells = [{ of: 'outcome', part: id }, { of: 'hand-offs' }] as const;
        const share = partCell(view, partWords(id), outcomes, { count, cells });
        return [plain(t('report_now', partWords(id))), { value: count, behind }, share];
      }),
    ],
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['qualified_share', 'won_share', 'lost_share', 'outcomes', 'wilson']}
    />
  );
}
