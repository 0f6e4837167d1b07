/** The same figures for each part of the leads, from hand-off to won: sources and other marks, people where they may be named. */
import { useMemo, useState } from 'react';
import { t } from '../../lib/platform/i18n';
import { kpisBy, sourcesTable, type Cell, type Filters } from '../../lib/report';
import type { Breakdown, Share } from '../../lib/report/statistics';
import type { Dimension } from '../../lib/report/split';
import { reasonLabel } from '../panel/labels';
import { Figure } from './figure';
import { plain, type CellPart, type FigureTable } from './figure-table';
import styles from './groups.module.css';
import { countWords, dimensionWords } from './report-words';
import { personal, valueWords } from './value-words';
import { behindOf, requestOf, shareCell, type SectionProps, type View } from './view';

const dimensions = [
  'source',
  'campaign',
  'tier',
  'stage',
  'crm',
  'weekday',
  'hour',
  'rep',
  'team',
] as const satisfies Dimension[];
type Shown = (typeof dimensions)[number];

interface Line {
  readonly id: string | number | null;
  readonly handOffs: number;
  readonly acceptedShare: Share;
  readonly qualifiedShare: Share;
  readonly wonShare: Share;
  readonly topReasons: Breakdown<string | null>['parts'];
}

function linesBy(view: View, by: Shown): Line[] {
  const { gathered } = view;
  const request = requestOf(view);
  if (by === 'source')
    return sourcesTable(gathered.columns, request).map((row) => Object.assign({ id: row.source }, row));
  return kpisBy(gathered.columns, request, by).map(({ id, kpi }) => ({
    id,
    handOffs: kpi.handOffs,
    acceptedShare: kpi.quality.accepted,
    qualifiedShare: kpi.outcome.qualified,
    wonShare: kpi.outcome.won,
    topReasons: kpi.quality.rejectReasons.parts.slice(0, 3),
  }));
}

export function Sources({ view }: SectionProps) {
  const [chosen, setBy] = useState<Shown>('source');
  const { gathered, query, window, names } = view;
  const { columns, terms } = gathered;
  const { taxonomy, teams } = terms.agreement;
  const offered = dimensions.filter(
    (one) => !personal.includes(one) || (names === 'shown' && (one !== 'team' || teams.length > 0)),
  );
  const by = offered.includes(chosen) ? chosen : 'source';
  // oxlint-disable-next-line react/exhaustive-deps -- a line depends on nothing else of the view
  const lines = useMemo(() => linesBy(view, by), [gathered, query.filters, window, by]);
  const table: FigureTable = {
    title: t('report_groups', dimensionWords(by)),
    columns: [
      { label: dimensionWords(by), kind: 'text' },
      { label: t('report_column_hand_offs'), kind: 'number' },
      { label: t('report_column_accepted'), kind: 'measured' },
      { label: t('report_column_qualified'), kind: 'measured' },
      { label: t('report_column_won'), kind: 'measured' },
      { label: t('report_column_top_reasons'), kind: 'text' },
    ],
    rows: lines.map((line) => {
      const name = valueWords({ columns, teams }, by, line.id);
      const filters = { ...query.filters, [by]: [line.id] } as Filters;
      const called = (column: string): string => `${name}: ${column}`;
      const share = (column: string, of: Share, part: Cell, all: Cell) =>
        shareCell(view, called(t(`report_column_${column}`)), of, [part, all], { filters });
      const reasons = line.topReasons.map(({ id, count }): CellPart => {
        const reason = id ? reasonLabel(id, taxonomy.reasons) : t('report_no_reason');
        return {
          text: `${reason} (${countWords(count)})`,
          behind: behindOf(view, called(reason), { of: 'reject-reason', part: id }, { filters }),
        };
      });
      return [
        plain(name),
        {
          value: line.handOffs,
          behind: behindOf(view, called(t('report_column_hand_offs')), { of: 'hand-offs' }, { filters }),
        },
        share('accepted', line.acceptedShare, { of: 'verdict', part: 'accepted' }, { of: 'decided' }),
        share('qualified', line.qualifiedShare, { of: 'qualified' }, { of: 'hand-offs' }),
        share('won', line.wonShare, { of: 'outcome', part: 'won' }, { of: 'hand-offs' }),
        { value: reasons.map(({ text }) => text).join(', ') || null, parts: reasons },
      ];
    }),
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['hand_offs', 'accepted_share', 'qualified_share', 'won_share', 'reject_reasons', 'wilson']}
    >
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
    </Figure>
  );
}
