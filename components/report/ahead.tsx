/** What is promised and not done yet: the load of the coming days and the open clocks by due instant. Never mixed with results. */
import { useMemo } from 'react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import { language, plural, t } from '../../lib/platform/i18n';
import { slaOf } from '../../lib/report';
import { sideLabel } from '../panel/labels';
import { Chart } from './chart';
import { Figure } from './figure';
import { plain, type Behind, type FigureTable } from './figure-table';
import styles from './ahead.module.css';
import type { Gathered } from './gather';
import type { FigureTools } from './figure';
import { commitmentName, countWords, dateWords, paperInstant, percentWords, weekdayWords } from './report-words';
import { dateAt, type Query } from './query';

export interface AheadProps {
  readonly gathered: Gathered;
  readonly query: Query;
  readonly tools: FigureTools;
  readonly onOpen: (lead: LeadKey) => void;
}

export function Ahead({ gathered, query, tools, onOpen }: AheadProps) {
  const { columns, faces, terms } = gathered;
  const sla = useMemo(() => slaOf(columns, { filters: query.filters }), [columns, query.filters]);
  const { parties } = terms.agreement;
  const names = sla.days.map(
    ({ from, date }) =>
      `${weekdayWords((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7)} ${dateWords(from, columns.timeZone)}`,
  );
  const end = sla.days.at(-1)?.to ?? columns.now;
  // What is ahead is asked of all leads; the window says nothing there.
  const behind = (label: string, cell: Behind['cell']): Behind => ({
    label,
    cell,
    window: { from: columns.now, to: end },
    filters: query.filters,
  });
  const load: FigureTable = {
    title: t('report_load'),
    columns: [
      { label: t('report_column_day'), kind: 'text' },
      { label: sideLabel('marketing', parties), kind: 'number' },
      { label: sideLabel('sales', parties), kind: 'number' },
    ],
    rows: sla.days.map(({ from, to, byParty }, index) => [
      plain(names[index] ?? ''),
      ...(['marketing', 'sales'] as const).map((owedBy) => ({
        value: byParty[owedBy],
        behind: behind(`${names[index] ?? ''}: ${sideLabel(owedBy, parties)}`, { of: 'due', from, to, owedBy }),
      })),
    ]),
  };
  const apart = [
    ['overdue', { of: 'ahead', part: 'overdue' }],
    ['passed', { of: 'ahead', part: 'passed' }],
    ['withoutDue', { of: 'ahead', part: 'without-due' }],
    ['later', { of: 'due', from: end, to: Number.POSITIVE_INFINITY }],
  ] as const;
  const seen = [
    plural('report_ahead_leads', sla.leads),
    ...(sla.observed.value === null ? [] : [t('report_observed', percentWords(sla.observed.value))]),
    ...(sla.seenLast === null ? [] : [t('report_last_seen', paperInstant(sla.seenLast, columns.timeZone))]),
    t('report_as_of', paperInstant(sla.asOf, columns.timeZone)),
  ].join(' · ');
  const own: FigureTools = { ...tools, about: () => seen, period: dateAt(columns.now, columns.timeZone) };
  return (
    <>
      <p className={styles.seen}>{seen}</p>
      <dl className={styles.apart}>
        {apart.map(([name, cell]) => {
          const label = t(`report_ahead_${name}`);
          const words = countWords(sla[name]);
          return (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                {sla[name] === 0 ? (
                  words
                ) : (
                  <button
                    type="button"
                    className={styles.open}
                    aria-label={t('report_open_leads', label, words)}
                    onClick={() => tools.onBehind(behind(label, cell))}
                  >
                    {words}
                  </button>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <Figure
        tools={own}
        table={load}
        formulas={['load_ahead', 'coverage']}
        picture={
          <Chart
            label={load.title}
            categories={names}
            format={countWords}
            series={(['sales', 'marketing'] as const).map((party) => ({
              id: party,
              label: sideLabel(party, parties),
              kind: 'bar',
              look: party === 'sales' ? 'solid' : 'stripes',
              values: sla.days.map(({ byParty }) => byParty[party]),
            }))}
            describe={(index) => {
              const day = sla.days[index];
              return t(
                'report_load_day',
                names[index] ?? '',
                countWords(day?.byParty.sales ?? 0),
                countWords(day?.byParty.marketing ?? 0),
              );
            }}
            onOpen={(index) => {
              const day = sla.days[index];
              if (day) tools.onBehind(behind(names[index] ?? '', { of: 'due', from: day.from, to: day.to }));
            }}
          />
        }
      />
      <section className={styles.next} aria-label={t('report_next')}>
        <h3>{t('report_next')}</h3>
        {sla.next.length === 0 && <p>{t('report_next_none')}</p>}
        <ol>
          {sla.next.slice(0, 100).map(({ lead, commitment, subject, owedBy, dueAt }) => (
            <li key={`${lead}|${commitment}|${subject}`}>
              <button type="button" onClick={() => onOpen(lead)}>
                <bdi>{faces.get(lead)?.name ?? t('report_unnamed')}</bdi>
              </button>
              <span>{commitmentName({ commitment, subject })}</span>
              <span>{sideLabel(owedBy, parties)}</span>
              <time dateTime={new Date(dueAt).toISOString()} title={formatFullInstant(dueAt, language())}>
                {formatInstant(dueAt, columns.now, language())}
              </time>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
