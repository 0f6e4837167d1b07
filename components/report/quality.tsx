/** Quality: what sales made of the leads and what it said about them. */
import { t } from '../../lib/platform/i18n';
import { paretoOf, type Cell } from '../../lib/report';
import type { Breakdown } from '../../lib/report/statistics';
import { reasonLabel } from '../panel/labels';
import { Chart } from './chart';
import { Figure } from './figure';
import { plain, type FigureCell, type FigureTable } from './figure-table';
import { countWords, partWords, percentWords } from './report-words';
import { behindOf, shareCell, type SectionProps, type View } from './view';

export function Shares({ view }: SectionProps) {
  const { quality } = view.kpi;
  const before = view.kpiBefore?.quality;
  const lines = [
    ['accepted', { of: 'verdict', part: 'accepted' }, { of: 'decided' }],
    ['flagged', { of: 'flagged' }, { of: 'hand-offs' }],
    ['noDataFlag', { of: 'without-data-flag' }, { of: 'hand-offs' }],
    ['complete', { of: 'complete', part: 'complete' }, { of: 'data-known' }],
    ['recycled', { of: 'recycled' }, { of: 'hand-offs' }],
    ['disputed', { of: 'disputed' }, { of: 'answerable' }],
  ] as const;
  const table: FigureTable = {
    title: t('report_quality_shares'),
    columns: [
      { label: t('report_column_figure'), kind: 'text' },
      { label: t('report_column_share'), kind: 'measured' },
      ...(before ? [{ label: t('report_column_before'), kind: 'measured' as const }] : []),
    ],
    rows: lines.map(([name, ...cells]) => {
      const label = t(`report_share_${name}`);
      const now = [plain(label), shareCell(view, label, quality[name], cells)];
      return before && view.before
        ? now.concat(shareCell(view, label, before[name], cells, { window: view.before }))
        : now;
    }),
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={[
        'accepted_share',
        'flagged_share',
        'no_data_flag_share',
        'complete_share',
        'recycled_share',
        'disputed_share',
        'wilson',
      ]}
    />
  );
}

interface PartLine {
  readonly group: string;
  readonly breakdown: Breakdown<string>;
  readonly cellOf: (id: string) => Cell;
}

/** Everything in one of several parts; the unknown is a part of its own. */
export function partsTable(view: View, title: string, lines: readonly PartLine[]): FigureTable {
  return {
    title,
    columns: [
      { label: t('report_column_figure'), kind: 'text' },
      { label: t('report_column_part'), kind: 'text' },
      { label: t('report_column_leads'), kind: 'number' },
      { label: t('report_column_share'), kind: 'share' },
    ],
    rows: lines.flatMap(({ group, breakdown, cellOf }) =>
      breakdown.parts.map(({ id, count, share }): FigureCell[] => {
        const behind = behindOf(view, `${group}: ${partWords(id)}`, cellOf(id));
        return [plain(group), plain(partWords(id)), { value: count, behind }, { value: share, behind }];
      }),
    ),
  };
}

export function Parts({ view }: SectionProps) {
  const { verdicts, completeness, readiness, fates, answers } = view.kpi.quality;
  const table = partsTable(view, t('report_quality_parts'), [
    { group: t('report_parts_verdicts'), breakdown: verdicts, cellOf: (id) => ({ of: 'verdict', part: id }) as Cell },
    {
      group: t('report_parts_completeness'),
      breakdown: completeness,
      cellOf: (id) => ({ of: 'complete', part: id }) as Cell,
    },
    {
      group: t('report_parts_readiness'),
      breakdown: readiness,
      cellOf: (id) => ({ of: 'readiness', part: id }) as Cell,
    },
    { group: t('report_parts_fates'), breakdown: fates, cellOf: (id) => ({ of: 'fate', part: id }) as Cell },
    {
      group: t('report_parts_answers'),
      breakdown: answers,
      cellOf: (id) => ({ of: 'answer', part: id }) as Cell,
    },
  ]);
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['verdicts', 'completeness', 'readiness', 'recycled_fates', 'disputed_share']}
    />
  );
}

/** Reasons that a chart can hold; the table has all of them. */
const mostReasons = 12;

interface ReasonsProps extends SectionProps {
  readonly of: 'reject' | 'flag';
}

export function Reasons({ view, of }: ReasonsProps) {
  const { quality } = view.kpi;
  const breakdown: Breakdown<string | null> = of === 'reject' ? quality.rejectReasons : quality.flagReasons;
  const { reasons } = view.gathered.terms.agreement.taxonomy;
  const steps = paretoOf(breakdown);
  const name = (id: string | null): string =>
    id === null || id === '' ? t('report_no_reason') : reasonLabel(id, reasons);
  const cellOf = (id: string | null): Cell => ({ of: of === 'reject' ? 'reject-reason' : 'flag-reason', part: id });
  const behind = (id: string | null) => behindOf(view, name(id), cellOf(id));
  const isPareto = of === 'reject';
  const table: FigureTable = {
    title: isPareto ? t('report_reject_reasons') : t('report_flag_reasons'),
    columns: [
      { label: t('report_column_reason'), kind: 'text' },
      { label: t('report_column_leads'), kind: 'number' },
      { label: t('report_column_share'), kind: 'share' },
      ...(isPareto ? [{ label: t('report_column_reached'), kind: 'share' as const }] : []),
    ],
    rows: steps.map(({ id, count, share, reached }, index) => {
      const own = behind(id);
      const row: FigureCell[] = [plain(name(id)), { value: count, behind: own }, { value: share, behind: own }];
      if (!isPareto) return row;
      const parts = steps.slice(0, index + 1).map((step) => step.id);
      return row.concat({
        value: reached,
        behind: behindOf(view, t('report_reached', name(id)), { of: 'reject-reasons', parts }),
      });
    }),
  };
  const drawn = steps.slice(0, mostReasons);
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={[isPareto ? 'reject_reasons' : 'flag_reasons']}
      {...(drawn.length > 0
        ? {
            picture: (
              <Chart
                label={table.title}
                categories={drawn.map(({ id }) => name(id))}
                {...(isPareto ? { max: breakdown.of } : {})}
                format={countWords}
                series={[
                  {
                    id: 'leads',
                    label: t('report_column_leads'),
                    kind: 'bar',
                    look: 'solid',
                    values: drawn.map(({ count }) => count),
                  },
                  ...(isPareto
                    ? [
                        {
                          id: 'reached',
                          label: t('report_column_reached'),
                          kind: 'line' as const,
                          look: 'dashed' as const,
                          values: drawn.map(({ reached }) => reached * breakdown.of),
                        },
                      ]
                    : []),
                ]}
                describe={(index) => {
                  const step = drawn[index];
                  if (!step) return '';
                  const share = step.share === null ? '' : `, ${percentWords(step.share)}`;
                  return `${name(step.id)}: ${countWords(step.count)}${share}`;
                }}
                onOpen={(index) => {
                  const step = drawn[index];
                  if (step) view.tools.onBehind(behind(step.id));
                }}
              />
            ),
          }
        : {})}
    >
      {steps.length > drawn.length && <p>{t('report_more_reasons', countWords(steps.length - drawn.length))}</p>}
    </Figure>
  );
}
