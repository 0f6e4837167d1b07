/** The same figures for each part of the leads: sources and other marks, and people where the settings let them be named. */
import { useMemo, useState } from 'react';
import { t } from '../../lib/platform/i18n';
import { kpisBy, peopleTable, sourcesTable, type Cell, type Filters } from '../../lib/report';
import type { Breakdown, Share } from '../../lib/report/statistics';
import type { Dimension } from '../../lib/report/split';
import { reasonLabel } from '../panel/labels';
import { Figure } from './figure';
import { measured, plain, type FigureCell, type FigureTable } from './figure-table';
import styles from './groups.module.css';
import { commitmentName, countWords, dimensionWords, textWords, weekdayWords } from './report-words';
import { behindOf, type SectionProps, type View } from './view';

const dimensions = ['source', 'campaign', 'tier', 'stage', 'crm', 'weekday', 'hour'] as const;
type Shown = (typeof dimensions)[number];

interface Line {
  readonly id: string | number | null;
  readonly handOffs: number;
  readonly acceptedShare: Share;
  readonly qualifiedShare: Share;
  readonly wonShare: Share;
  readonly topReasons: Breakdown<string | null>['parts'];
}

function linesBy({ gathered, window, query }: View, by: Shown): Line[] {
  const request = { window, filters: query.filters };
  if (by === 'source')
    return sourcesTable(gathered.columns, request).map((row) => Object.assign({ id: row.source }, row));
  return kpisBy(gathered.columns, request, by satisfies Dimension).map(({ id, kpi }) => ({
    id,
    handOffs: kpi.handOffs,
    acceptedShare: kpi.quality.accepted,
    qualifiedShare: kpi.outcome.qualified,
    wonShare: kpi.outcome.won,
    topReasons: kpi.quality.rejectReasons.parts.slice(0, 3),
  }));
}

function nameOf(by: Shown, id: Line['id']): string {
  if (typeof id !== 'number') return textWords(id);
  return by === 'weekday' ? weekdayWords(id, 'long') : `${String(id).padStart(2, '0')}:00`;
}

export function Sources({ view }: SectionProps) {
  const [by, setBy] = useState<Shown>('source');
  const { gathered, query, window } = view;
  // oxlint-disable-next-line react/exhaustive-deps -- a line depends on nothing else of the view
  const lines = useMemo(() => linesBy(view, by), [gathered, query.filters, window, by]);
  const { reasons } = gathered.terms.agreement.taxonomy;
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
      const name = nameOf(by, line.id);
      const filters = { ...query.filters, [by]: [line.id] } as Filters;
      const behind = (label: string, cell: Parameters<typeof behindOf>[2]) =>
        behindOf(view, `${name}: ${label}`, cell, { filters });
      return [
        plain(name),
        { value: line.handOffs, behind: behind(t('report_column_hand_offs'), { of: 'hand-offs' }) },
        measured(line.acceptedShare, behind(t('report_column_accepted'), { of: 'verdict', part: 'accepted' })),
        measured(line.qualifiedShare, behind(t('report_column_qualified'), { of: 'qualified' })),
        measured(line.wonShare, behind(t('report_column_won'), { of: 'outcome', part: 'won' })),
        plain(
          line.topReasons
            .map(({ id, count }) => `${id ? reasonLabel(id, reasons) : t('report_no_reason')} (${countWords(count)})`)
            .join(', ') || null,
        ),
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
        <select value={by} onChange={({ target }) => setBy(dimensions.find((one) => one === target.value) ?? 'source')}>
          {dimensions.map((one) => (
            <option key={one} value={one}>
              {dimensionWords(one)}
            </option>
          ))}
        </select>
      </label>
    </Figure>
  );
}

export function People({ view }: SectionProps) {
  const { gathered, query, window, names } = view;
  const people = useMemo(
    () => peopleTable(gathered.columns, { window, filters: query.filters }, 'rep', names),
    [gathered, query.filters, window, names],
  );
  const promised = [...new Set(people.flatMap(({ attainment }) => attainment.map(({ commitment }) => commitment)))];
  const table: FigureTable = {
    title: t('report_people'),
    columns: [
      { label: t('report_by_rep'), kind: 'text' },
      { label: t('report_column_hand_offs'), kind: 'number' },
      { label: t('report_column_accepted'), kind: 'measured' },
      { label: t('report_column_won'), kind: 'measured' },
      ...promised.map((commitment) => ({ label: commitmentName({ commitment }), kind: 'measured' as const })),
    ],
    rows: people.map(({ id, name, place, isKnown, handOffs, acceptedShare, wonShare, attainment }): FigureCell[] => {
      const label = isKnown ? (name ?? id ?? t('report_person', countWords(place))) : t('report_nobody');
      // Behind a number stand leads with their owner: with names hidden, a row must not lead to its person.
      const opens = names === 'shown' || !isKnown;
      const filters = { ...query.filters, rep: [id] };
      const behind = (cell: Cell) => behindOf(view, label, cell, { filters });
      const kept = promised.map((commitment): FigureCell => {
        const found = attainment.find((one) => one.commitment === commitment);
        const met = { of: 'clock', commitment, subject: 'lead', owedBy: 'sales', result: 'met' } as const;
        return found ? measured(found.share, opens ? behind(met) : undefined) : plain(null);
      });
      const row: FigureCell[] = [
        plain(label),
        opens ? { value: handOffs, behind: behind({ of: 'hand-offs' }) } : plain(handOffs),
        measured(acceptedShare, opens ? behind({ of: 'verdict', part: 'accepted' }) : undefined),
        measured(wonShare, opens ? behind({ of: 'outcome', part: 'won' }) : undefined),
      ];
      return row.concat(kept);
    }),
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['hand_offs', 'accepted_share', 'won_share', 'attainment', 'wilson']}
    >
      <p>{names === 'hidden' ? t('report_names_hidden') : t('report_names_shown')}</p>
    </Figure>
  );
}
