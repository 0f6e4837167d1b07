/** The same figures for each part of the leads: sources and other marks, people where they may be named. */
import { useMemo } from 'react';
import { t } from '../../lib/platform/i18n';
import { kpisBy, sourcesTable, type Cell, type Filters, type Kpi } from '../../lib/report';
import type { Breakdown, Share } from '../../lib/report/statistics';
import { reasonLabel, sideLabel } from '../panel/labels';
import { costCell } from './cost-cell';
import { Figure, type FigureProps } from './figure';
import { plain, type CellPart, type FigureCell, type FigureColumn, type FigureTable } from './figure-table';
import styles from './groups.module.css';
import { qualityShares } from './quality';
import { splitFigures, splits, type Query } from './query';
import { commitmentName, countWords, dimensionWords, whyWords } from './report-words';
import { useChoice } from './use-query';
import { personal, valueWords } from './value-words';
import { behindOf, requestOf, shareCell, type SectionProps, type View } from './view';

/** The figures of a part, as cells: what of it opens which leads is the part's own. */
interface Part {
  readonly count: (value: number | null, column: string, cell: Cell) => FigureCell;
  readonly share: (of: Share, column: string, cells: readonly [part: Cell, of: Cell]) => FigureCell;
  readonly cost: (of: Kpi['efficiency']['costPerAccepted']) => FigureCell;
}

interface Line {
  readonly id: string | number | null;
  readonly handOffs: number;
  readonly cells: (part: Part) => readonly FigureCell[];
}

interface Lines {
  readonly columns: readonly FigureColumn[];
  readonly lines: readonly Line[];
  readonly formulas: FigureProps['formulas'];
}

const column = (name: string, kind: FigureColumn['kind']): FigureColumn => ({
  label: t(`report_column_${name}`),
  kind,
});
const named = (label: string, kind: FigureColumn['kind']): FigureColumn => ({ label, kind });
const ofHandOffs: Cell = { of: 'hand-offs' };

/** From hand-off to won, with what stood in the way. */
function outcomeLines(view: View, by: Query['split']): Lines {
  const { gathered } = view;
  const request = requestOf(view);
  const { reasons } = gathered.terms.agreement.taxonomy;
  interface Funnel {
    readonly id: Line['id'];
    readonly handOffs: number;
    readonly shares: readonly [accepted: Share, qualified: Share, won: Share, lost: Share];
    readonly topReasons: Breakdown<string | null>['parts'];
  }
  const funnels =
    by === 'source'
      ? sourcesTable(gathered.columns, request).map((row): Funnel => ({
          id: row.source,
          handOffs: row.handOffs,
          shares: [row.acceptedShare, row.qualifiedShare, row.wonShare, row.lostShare],
          topReasons: row.topReasons,
        }))
      : kpisBy(gathered.columns, request, by).map(({ id, kpi }): Funnel => ({
          id,
          handOffs: kpi.handOffs,
          shares: [kpi.quality.accepted, kpi.outcome.qualified, kpi.outcome.won, kpi.outcome.lost],
          topReasons: kpi.quality.rejectReasons.parts.slice(0, 3),
        }));
  const steps = [
    ['accepted', { of: 'verdict', part: 'accepted' }, { of: 'decided' }],
    ['qualified', { of: 'qualified' }, ofHandOffs],
    ['won', { of: 'outcome', part: 'won' }, ofHandOffs],
    ['lost', { of: 'lost' }, ofHandOffs],
  ] as const satisfies (readonly [string, Cell, Cell])[];
  return {
    columns: [...steps.map(([name]) => column(name, 'measured')), column('top_reasons', 'text')],
    formulas: ['hand_offs', 'accepted_share', 'qualified_share', 'won_share', 'lost_share', 'reject_reasons', 'wilson'],
    lines: funnels.map(({ id, handOffs, shares, topReasons }) => ({
      id,
      handOffs,
      cells: ({ share, count }) => {
        const parts = topReasons.map(({ id: reason, count: leads }): CellPart => {
          const words = reason ? reasonLabel(reason, reasons) : t('report_no_reason');
          const { behind } = count(leads, words, { of: 'reject-reason', part: reason });
          return { text: `${words} (${countWords(leads)})`, behind: behind! };
        });
        return [
          ...steps.map(([name, ...cells], place) => share(shares[place]!, t(`report_column_${name}`), cells)),
          { value: parts.map(({ text }) => text).join(', ') || null, parts },
        ];
      },
    })),
  };
}

/** How the promises were kept and how long the first steps took. */
function responseLines(view: View, by: Query['split']): Lines {
  const promised = view.kpi.responsiveness.filter(({ subject }) => subject === 'lead');
  const isOwedByBoth = (commitment: string): boolean =>
    promised.filter((one) => one.commitment === commitment).length > 1;
  const nameOf = ({ commitment, owedBy }: (typeof promised)[number]): string =>
    isOwedByBoth(commitment)
      ? `${commitmentName({ commitment })} (${sideLabel(owedBy, view.gathered.terms.agreement.parties)})`
      : commitmentName({ commitment });
  const waits = [
    ['accept', 'toAcceptWorking'],
    ['touch', 'toTouchWorking'],
  ] as const;
  const waitName = (until: string): string =>
    t('report_working', `${t(`report_wait_to_${until}`)}, ${t('report_column_median')}`);
  return {
    columns: [
      ...promised.map((one) => named(nameOf(one), 'measured')),
      ...waits.map(([until]) => named(waitName(until), 'length')),
    ],
    formulas: ['hand_offs', 'attainment', 'time_to_accept', 'time_to_touch', 'percentile', 'wilson'],
    lines: kpisBy(view.gathered.columns, requestOf(view), by).map(({ id, kpi }) => ({
      id,
      handOffs: kpi.handOffs,
      cells: ({ share, count }) => [
        ...promised.map((one) => {
          const { commitment, subject, owedBy } = one;
          const clock = { commitment, subject, owedBy } as const;
          const own = kpi.responsiveness.find(
            (other) => other.commitment === commitment && other.subject === subject && other.owedBy === owedBy,
          );
          return own
            ? share(own.attainment, nameOf(one), [
                { of: 'clock', ...clock, result: 'met' },
                { of: 'judged', ...clock },
              ])
            : plain(null);
        }),
        ...waits.map(([until, time]) =>
          count(kpi.times[time].median, waitName(until), { of: 'wait', until, time: 'working' }),
        ),
      ],
    })),
  };
}

/** How good the leads were. */
function qualityLines(view: View, by: Query['split']): Lines {
  // What was accepted stands with the outcome.
  const [, ...shares] = qualityShares;
  return {
    columns: shares.map(([name]) => named(t(`report_share_${name}`), 'measured')),
    formulas: [
      'hand_offs',
      'flagged_share',
      'no_data_flag_share',
      'complete_share',
      'recycled_share',
      'disputed_share',
      'wilson',
    ],
    lines: kpisBy(view.gathered.columns, requestOf(view), by).map(({ id, kpi }) => ({
      id,
      handOffs: kpi.handOffs,
      cells: ({ share }) =>
        shares.map(([name, ...cells]) => share(kpi.quality[name], t(`report_share_${name}`), cells)),
    })),
  };
}

/** What the leads took, and what lies about. */
function effortLines(view: View, by: Query['split']): Lines {
  const touches = t('report_measure_touches_per_accepted');
  const attempts = t('report_attempts_name');
  const left = t('report_left_behind');
  return {
    columns: [
      named(touches, 'number'),
      named(attempts, 'number'),
      named(t('report_measure_cost_per_accepted'), 'number'),
      named(left, 'measured'),
    ],
    formulas: [
      'hand_offs',
      'touches_per_accepted',
      'attempts',
      'cost_per_accepted',
      'left_behind_share',
      'percentile',
      'wilson',
    ],
    lines: kpisBy(view.gathered.columns, requestOf(view), by).map(({ id, kpi }) => ({
      id,
      handOffs: kpi.handOffs,
      cells: ({ count, share, cost }) => {
        const { touchesPerAccepted, attempts: tried, costPerAccepted, leftBehind } = kpi.efficiency;
        return [
          touchesPerAccepted.value === null
            ? { value: null, text: whyWords(touchesPerAccepted.why) }
            : count(touchesPerAccepted.value, touches, { of: 'verdict', part: 'accepted' }),
          tried.median === null
            ? { value: null, text: whyWords('nothing-measured') }
            : count(tried.median, attempts, { of: 'attempts' }),
          cost(costPerAccepted),
          share(leftBehind, left, [{ of: 'left-behind' }, ofHandOffs]),
        ];
      },
    })),
  };
}

const linesOf = { outcome: outcomeLines, response: responseLines, quality: qualityLines, effort: effortLines } as const;

export function Sources({ view }: SectionProps) {
  const [chosen, setBy] = useChoice('split');
  const [figures, setFigures] = useChoice('figures');
  const { gathered, query, window, names, costWindows } = view;
  const { columns, terms } = gathered;
  const { teams } = terms.agreement;
  const offered = splits.filter(
    (one) => !personal.includes(one) || (names === 'shown' && (one !== 'team' || teams.length > 0)),
  );
  const by = offered.includes(chosen) ? chosen : 'source';
  const { lines, ...about } = useMemo(
    () => linesOf[figures](view, by),
    // oxlint-disable-next-line react/exhaustive-deps -- a line depends on nothing else of the view
    [gathered, query.filters, window, costWindows, by, figures],
  );
  const table: FigureTable = {
    title: t(`report_groups_${figures}`, dimensionWords(by)),
    columns: [named(dimensionWords(by), 'text'), column('hand_offs', 'number'), ...about.columns],
    rows: lines.map(({ id, handOffs, cells }) => {
      const name = valueWords({ columns, teams }, by, id);
      const filters = { ...query.filters, [by]: [id] } as Filters;
      const called = (words: string): string => `${name}: ${words}`;
      const part: Part = {
        count: (value, words, cell) => ({ value, behind: behindOf(view, called(words), cell, { filters }) }),
        share: (of, words, both) => shareCell(view, called(words), of, both, { filters }),
        cost: (of) => costCell({ ...view, query: { ...query, filters } }, of),
      };
      const first = [plain(name), part.count(handOffs, t('report_column_hand_offs'), ofHandOffs)];
      return first.concat(cells(part));
    }),
  };
  return (
    <Figure tools={view.tools} table={table} formulas={about.formulas}>
      <div className={styles.choices}>
        <label className={styles.by}>
          {t('report_split')}{' '}
          <select value={by} onChange={({ target }) => setBy(offered.find((one) => one === target.value) ?? 'source')}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {dimensionWords(one)}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.by}>
          {t('report_split_figures')}{' '}
          <select
            value={figures}
            onChange={({ target }) => setFigures(splitFigures.find((one) => one === target.value) ?? 'outcome')}
          >
            {splitFigures.map((one) => (
              <option key={one} value={one}>
                {t(`report_figures_${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Figure>
  );
}
