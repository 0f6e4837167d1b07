/** Quality: what sales made of the leads and what it said about them. */
import { t } from '../../lib/platform/i18n';
import { paretoOf, type Cell } from '../../lib/report';
import { shareOf, type Breakdown } from '../../lib/report/statistics';
import { reasonLabel } from '../panel/labels';
import { Chart } from './chart';
import { Figure } from './figure';
import { plain, type FigureCell, type FigureTable } from './figure-table';
import { countWords, partWords, percentWords } from './report-words';
import { behindOf, shareCell, type SectionProps, type View } from './view';

/** Shares of quality by their name in words, each with its leads and those that it is a share of. */
export const qualityShares = [
  ['accepted', { of: 'verdict', part: 'accepted' }, { of: 'decided' }],
  ['flagged', { of: 'flagged' }, { of: 'hand-offs' }],
  ['noDataFlag', { of: 'without-data-flag' }, { of: 'hand-offs' }],
  ['complete', { of: 'complete', part: 'complete' }, { of: 'data-known' }],
  ['recycled', { of: 'recycled' }, { of: 'hand-offs' }],
  ['disputed', { of: 'disputed' }, { of: 'answerable' }],
] as const satisfies (readonly [string, Cell, Cell])[];

export function Shares({ view }: SectionProps) {
  const { quality } = view.kpi;
  const before = view.kpiBefore?.quality;
  const table: FigureTable = {
    title: t('report_quality_shares'),
    columns: [
      { label: t('report_column_figure'), kind: 'text' },
      { label: t('report_column_share'), kind: 'measured' },
      ...(before ? [{ label: t('report_column_before'), kind: 'measured' as const }] : []),
    ],
    rows: qualityShares.map(([name, ...cells]) => {
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
  /** What it is a breakdown of. */
  readonly of: Cell;
}

/** A part of a whole as a share that says what it stands on, with the leads of both. */
export function partCell(
  view: View,
  label: string,
  { formula, of }: Breakdown<string | null>,
  { count, cells }: { readonly count: number; readonly cells: readonly [part: Cell, of: Cell] },
): FigureCell {
  return shareCell(view, label, shareOf(formula, count, of, 'no-leads'), cells);
}

/** Everything in one of several parts; the unknown is a part of its own. */
export function partsTable(view: View, title: string, lines: readonly PartLine[]): FigureTable {
  return {
    title,
    columns: [
      { label: t('report_column_figure'), kind: 'text' },
      { label: t('report_column_part'), kind: 'text' },
      { label: t('report_column_leads'), kind: 'number' },
      { label: t('report_column_share'), kind: 'measured' },
    ],
    rows: lines.flatMap(({ group, breakdown, cellOf, of }) =>
      breakdown.parts.map(({ id, count }): FigureCell[] => {
        const label = `${group}: ${partWords(id)}`;
        const behind = behindOf(view, label, cellOf(id));
        const share = partCell(view, label, breakdown, { count, cells: [cellOf(id), of] });
        return [plain(group), plain(partWords(id)), { value: count, behind }, share];
      }),
    ),
  };
}

export function Parts({ view }: SectionProps) {
  const { verdicts, completeness, readiness, fates } = view.kpi.quality;
  const table = partsTable(view, t('report_quality_parts'), [
    {
      group: t('report_parts_verdicts'),
      breakdown: verdicts,
      cellOf: (id) => ({ of: 'verdict', part: id }) as Cell,
      of: { of: 'hand-offs' },
    },
    {
      group: t('report_parts_completeness'),
      breakdown: completeness,
      cellOf: (id) => ({ of: 'complete', part: id }) as Cell,
      of: { of: 'hand-offs' },
    },
    {
      group: t('report_parts_readiness'),
      breakdown: readiness,
      cellOf: (id) => ({ of: 'readiness', part: id }) as Cell,
      of: { of: 'hand-offs' },
    },
    {
      group: t('report_parts_fates'),
      breakdown: fates,
      cellOf: (id) => ({ of: 'fate', part: id }) as Cell,
      of: { of: 'recycled' },
    },
  ]);
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['verdicts', 'completeness', 'readiness', 'recycled_fates', 'wilson']}
    />
  );
}

/** What became of flags: here flags are counted, and a lead may have several. */
export function Answers({ view }: SectionProps) {
  const { answers } = view.kpi.quality;
  const table: FigureTable = {
    title: t('report_answers'),
    columns: [
      { label: t('report_column_answer'), kind: 'text' },
      { label: t('report_column_flags'), kind: 'number' },
      { label: t('report_column_share'), kind: 'measured' },
    ],
    rows: answers.parts.map(({ id, count }): FigureCell[] => {
      const label = `${t('report_answers')}: ${partWords(id)}`;
      const cell = { of: 'answer', part: id } as const;
      const share = partCell(view, label, answers, { count, cells: [cell, { of: 'answerable' }] });
      return [plain(partWords(id)), { value: count, behind: behindOf(view, label, cell) }, share];
    }),
  };
  return <Figure tools={view.tools} table={table} formulas={['flag_answers', 'wilson']} />;
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
  const whole: Cell = isPareto ? { of: 'verdict', part: 'rejected' } : { of: 'hand-offs' };
  const table: FigureTable = {
    title: isPareto ? t('report_reject_reasons') : t('report_flag_reasons'),
    columns: [
      { label: t('report_column_reason'), kind: 'text' },
      { label: t('report_column_leads'), kind: 'number' },
      { label: t('report_column_share'), kind: 'measured' },
      ...(isPareto ? [{ label: t('report_column_reached'), kind: 'share' as const }] : []),
    ],
    rows: steps.map(({ id, count, reached }, index) => {
      const own = behind(id);
      const share = partCell(view, name(id), breakdown, { count, cells: [cellOf(id), whole] });
      const row: FigureCell[] = [plain(name(id)), { value: count, behind: own }, share];
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
      formulas={[isPareto ? 'reject_reasons' : 'flag_reasons', 'wilson']}
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
