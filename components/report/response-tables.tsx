/**
 * Responsiveness as tables: how every time commitment ended, how long they took, and the times from hand-off and flag. Ends and
 * lengths are two tables, because one with all of them would have fifteen columns, and paper does not scroll.
 */
import { t } from '../../lib/platform/i18n';
import { sideLabel } from '../panel/labels';
import { Figure } from './figure';
import { percentileCells, plain, type FigureCell, type FigureColumn, type FigureTable } from './figure-table';
import { commitmentName, partWords } from './report-words';
import { behindOf, clauseOf, shareCell, type SectionProps } from './view';

const column = (name: string, kind: FigureColumn['kind']): FigureColumn => ({
  label: t(`report_column_${name}`),
  kind,
});

const resultIds = ['met', 'missed', 'open', 'unknown', 'ended', 'not-judged'] as const;
const times = ['working', 'elapsed'] as const;
const rankColumns = (time: (typeof times)[number]): FigureColumn[] =>
  ['median', 'p75', 'p90'].map((rank) => ({ label: t(`report_${time}`, t(`report_column_${rank}`)), kind: 'length' }));

/** How all commitments ended; the clocks of new owners have lines of their own. */
export function Results({ view }: SectionProps) {
  const { kpi, gathered } = view;
  const { parties } = gathered.terms.agreement;
  const table: FigureTable = {
    title: t('report_results'),
    columns: [
      column('promise', 'text'),
      column('side', 'text'),
      column('in_time', 'measured'),
      ...resultIds.map((id): FigureColumn => ({ label: partWords(id), kind: 'number' })),
    ],
    rows: kpi.responsiveness.map(({ commitment, subject, owedBy, attainment, results }) => {
      const name = commitmentName({ commitment, subject, clause: clauseOf(view, commitment) });
      const clock = { of: 'clock', commitment, subject, owedBy } as const;
      const counts = results.parts.map(({ id, count }): FigureCell => ({
        value: count,
        behind: behindOf(view, `${name}: ${partWords(id)}`, { ...clock, result: id }),
      }));
      return [
        plain(name),
        plain(sideLabel(owedBy, parties)),
        shareCell(view, name, attainment, [
          { ...clock, result: 'met' },
          { ...clock, of: 'judged' },
        ]),
      ].concat(counts);
    }),
  };
  return <Figure tools={view.tools} table={table} formulas={['attainment', 'clock_results', 'wilson']} />;
}

/** How long all commitments took, where they were fulfilled. */
export function Lengths({ view }: SectionProps) {
  const { kpi } = view;
  const table: FigureTable = {
    title: t('report_lengths'),
    columns: [column('promise', 'text')].concat(
      times.flatMap((time) => rankColumns(time).concat({ label: t(`report_${time}`, 'n'), kind: 'number' })),
    ),
    rows: kpi.responsiveness.map(({ commitment, subject, owedBy, working, elapsed }) => {
      const name = commitmentName({ commitment, subject, clause: clauseOf(view, commitment) });
      return [plain(name)].concat(
        times.flatMap((time) =>
          percentileCells(
            time === 'working' ? working : elapsed,
            behindOf(view, t(`report_${time}`, name), { of: 'response-time', commitment, subject, owedBy, time }),
          ),
        ),
      );
    }),
  };
  return <Figure tools={view.tools} table={table} formulas={['time_working', 'time_elapsed', 'percentile']} />;
}

export function Waits({ view }: SectionProps) {
  const { kpi } = view;
  const lines = [
    ['accept', { working: kpi.times.toAcceptWorking, elapsed: kpi.times.toAccept }],
    ['touch', { working: kpi.times.toTouchWorking, elapsed: kpi.times.toTouch }],
    ['answer', { working: kpi.times.toAnswerWorking, elapsed: kpi.times.toAnswer }],
  ] as const;
  const table: FigureTable = {
    title: t('report_waits'),
    columns: [column('time', 'text')].concat(
      times.flatMap((time) => rankColumns(time).concat({ label: t(`report_${time}`, 'n'), kind: 'number' })),
    ),
    rows: lines.map(([until, of]) => {
      const name = t(`report_wait_to_${until}`);
      return [plain(name)].concat(
        times.flatMap((time) =>
          percentileCells(of[time], behindOf(view, t(`report_${time}`, name), { of: 'wait', until, time })),
        ),
      );
    }),
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['time_to_accept', 'time_to_touch', 'time_to_answer', 'percentile']}
    />
  );
}
