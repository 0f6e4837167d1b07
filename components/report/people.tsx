/** People and teams, each with its own leads. With names hidden a row says nothing of who it is, and opens nothing. */
import { useMemo } from 'react';
import { t } from '../../lib/platform/i18n';
import { peopleTable, type Cell } from '../../lib/report';
import type { Share } from '../../lib/report/statistics';
import type { PersonRow } from '../../lib/report/tables';
import { Figure } from './figure';
import { measured, plain, type FigureCell, type FigureTable } from './figure-table';
import { commitmentName, countWords, dimensionWords } from './report-words';
import { valueWords } from './value-words';
import { behindOf, requestOf, shareCell, type SectionProps, type View } from './view';

type Who = 'rep' | 'team';

export function People({ view }: SectionProps) {
  const { teams } = view.gathered.terms.agreement;
  return (
    <>
      <Members view={view} by="rep" />
      {teams.length === 0 ? <p>{t('report_no_teams')}</p> : <Members view={view} by="team" />}
    </>
  );
}

function rowName(view: View, by: Who, { id, place, isKnown }: PersonRow): string {
  if (!isKnown) return t(by === 'team' ? 'report_no_team' : 'report_nobody');
  if (id === null) return t(by === 'team' ? 'report_team' : 'report_person', countWords(place));
  const { columns, terms } = view.gathered;
  return valueWords({ columns, teams: terms.agreement.teams }, by, id);
}

function Members({ view, by }: SectionProps & { readonly by: Who }) {
  const { gathered, query, window, names } = view;
  const people = useMemo(
    () => peopleTable(gathered.columns, requestOf(view), by, names),
    // oxlint-disable-next-line react/exhaustive-deps -- a row depends on nothing else of the view
    [gathered, query.filters, window, names, by],
  );
  const promised = [...new Set(people.flatMap(({ attainment }) => attainment.map(({ commitment }) => commitment)))];
  const table: FigureTable = {
    title: t(by === 'team' ? 'report_teams' : 'report_people'),
    columns: [
      { label: dimensionWords(by), kind: 'text' },
      { label: t('report_column_hand_offs'), kind: 'number' },
      { label: t('report_column_accepted'), kind: 'measured' },
      { label: t('report_column_won'), kind: 'measured' },
      ...promised.map((commitment) => ({ label: commitmentName({ commitment }), kind: 'measured' as const })),
    ],
    rows: people.map((person): FigureCell[] => {
      const label = rowName(view, by, person);
      // Behind a number stand leads with their owner: with names hidden, a row must not lead to its people.
      const opens = names === 'shown' || !person.isKnown;
      const filters = { ...query.filters, [by]: [person.id] };
      const share = (of: Share, cells: readonly [Cell, Cell]): FigureCell =>
        opens ? shareCell(view, label, of, cells, { filters }) : measured(of);
      const kept = promised.map((commitment): FigureCell => {
        const found = person.attainment.find((one) => one.commitment === commitment);
        const clock = { commitment, subject: 'present-owner', owedBy: 'sales' } as const;
        return found
          ? share(found.share, [
              { of: 'clock', ...clock, result: 'met' },
              { of: 'judged', ...clock },
            ])
          : plain(null);
      });
      const handOffs = plain(person.handOffs);
      const row: FigureCell[] = [
        plain(label),
        opens ? { ...handOffs, behind: behindOf(view, label, { of: 'hand-offs' }, { filters }) } : handOffs,
        share(person.acceptedShare, [{ of: 'verdict', part: 'accepted' }, { of: 'decided' }]),
        share(person.wonShare, [{ of: 'outcome', part: 'won' }, { of: 'hand-offs' }]),
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
      <p>{t(names === 'hidden' ? 'report_names_hidden' : 'report_names_shown')}</p>
      <p>{t('report_people_owners')}</p>
    </Figure>
  );
}
