/** One figure after the other over time: how quality, volume and outcome of what was handed over have gone. */
import { useMemo } from 'react';
import { t } from '../../lib/platform/i18n';
import { kpisOver, type Cell, type FormulaId, type Kpi } from '../../lib/report';
import type { Share } from '../../lib/report/statistics';
import { Chart, type ChartProps } from './chart';
import { Figure } from './figure';
import { lateTable, plain, type FigureCell } from './figure-table';
import styles from './groups.module.css';
import { chartUnit, followed, type Query } from './query';
import { countWords, dateWords, percentWords, sureness, whyWords } from './report-words';
import { useChoice } from './use-query';
import { behindOf, requestOf, shareCell, type SectionProps } from './view';

interface Followed {
  readonly of: (kpi: Kpi) => Share;
  readonly part: Cell;
  readonly among: Cell;
}

const handOffs: Cell = { of: 'hand-offs' };

const shares: Readonly<Record<Exclude<Query['over'], 'handOffs'>, Followed>> = {
  accepted: {
    of: ({ quality }) => quality.accepted,
    part: { of: 'verdict', part: 'accepted' },
    among: { of: 'decided' },
  },
  flagged: { of: ({ quality }) => quality.flagged, part: { of: 'flagged' }, among: handOffs },
  noDataFlag: { of: ({ quality }) => quality.noDataFlag, part: { of: 'without-data-flag' }, among: handOffs },
  complete: {
    of: ({ quality }) => quality.complete,
    part: { of: 'complete', part: 'complete' },
    among: { of: 'data-known' },
  },
  recycled: { of: ({ quality }) => quality.recycled, part: { of: 'recycled' }, among: handOffs },
  disputed: { of: ({ quality }) => quality.disputed, part: { of: 'disputed' }, among: { of: 'answerable' } },
  qualified: { of: ({ outcome }) => outcome.qualified, part: { of: 'qualified' }, among: handOffs },
  won: { of: ({ outcome }) => outcome.won, part: { of: 'outcome', part: 'won' }, among: handOffs },
  lost: { of: ({ outcome }) => outcome.lost, part: { of: 'lost' }, among: handOffs },
  leftBehind: { of: ({ efficiency }) => efficiency.leftBehind, part: { of: 'left-behind' }, among: handOffs },
};

const nameOf = (over: Query['over']): string =>
  over === 'handOffs'
    ? t('report_column_hand_offs')
    : over === 'leftBehind'
      ? t('report_left_behind')
      : t(`report_share_${over}`);

export function OverTime({ view }: SectionProps) {
  const [over, setOver] = useChoice('over');
  const { gathered, query, window } = view;
  const unit = chartUnit(window);
  const periods = useMemo(
    () => kpisOver(gathered.columns, requestOf(view), unit),
    // oxlint-disable-next-line react/exhaustive-deps -- a period depends on nothing else of the view
    [gathered, query.filters, window, unit],
  );
  const { timeZone } = gathered.columns;
  const names = periods.map(({ period }) => dateWords(period.from, timeZone, unit === 'month' ? 'month' : 'short'));
  const of = over === 'handOffs' ? null : shares[over];
  const values = of && periods.map(({ kpi }) => of.of(kpi));
  const title = t('report_over_time', nameOf(over));
  const label = (index: number): string => `${nameOf(over)}, ${names[index] ?? ''}`;
  const handedOver = (index: number): FigureCell => {
    const { period, kpi } = periods[index]!;
    const words = `${t('report_column_hand_offs')}, ${names[index] ?? ''}`;
    return { value: kpi.handOffs, behind: behindOf(view, words, handOffs, { window: period }) };
  };
  const table = lateTable(
    {
      title,
      columns: [
        { label: t('report_column_period'), kind: 'text' },
        { label: t('report_column_hand_offs'), kind: 'number' },
        ...(of ? [{ label: nameOf(over), kind: 'measured' as const }] : []),
      ],
    },
    periods.length,
    () =>
      periods.map(({ period }, index) => {
        const row = [plain(names[index] ?? ''), handedOver(index)];
        const share = values?.[index];
        return of && share
          ? row.concat(shareCell(view, label(index), share, [of.part, of.among], { window: period }))
          : row;
      }),
  );
  const drawn: Pick<ChartProps, 'series' | 'format' | 'max'> =
    values === null
      ? {
          format: countWords,
          series: [
            {
              id: 'hand-offs',
              label: nameOf(over),
              kind: 'bar',
              look: 'solid',
              values: periods.map(({ kpi }) => kpi.handOffs),
            },
          ],
        }
      : {
          max: 1,
          format: percentWords,
          series: [
            {
              id: over,
              label: nameOf(over),
              kind: 'line',
              look: 'solid',
              values: values.map(({ value }) => value),
              low: values.map(({ low }) => low),
              high: values.map(({ high }) => high),
            },
          ],
        };
  const said = (index: number): string => {
    const share = values?.[index];
    if (!share) return countWords(periods[index]?.kpi.handOffs ?? 0);
    return share.value === null ? whyWords(share.why) : `${percentWords(share.value)}, ${sureness(share)}`;
  };
  const formulas: FormulaId[] = values?.[0] ? [values[0].formula, 'wilson'] : ['hand_offs'];
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={formulas}
      picture={
        <Chart
          label={title}
          categories={names}
          {...drawn}
          describe={(index) => `${names[index] ?? ''}: ${said(index)}`}
          onOpen={(index) => {
            const period = periods[index]?.period;
            if (period) view.tools.onBehind(behindOf(view, label(index), of?.part ?? handOffs, { window: period }));
          }}
        />
      }
    >
      <div className={styles.choices}>
        <label className={styles.by}>
          {t('report_follow')}{' '}
          <select
            value={over}
            onChange={({ target }) => setOver(followed.find((one) => one === target.value) ?? 'accepted')}
          >
            {followed.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Figure>
  );
}
