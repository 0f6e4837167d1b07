/** Responsiveness: how each time commitment was kept, over time, and how long it took. */
import { useMemo } from 'react';
import { t } from '../../lib/platform/i18n';
import { clockResultsOver, type Kpi } from '../../lib/report';
import type { ClockResults, Responsiveness } from '../../lib/report/responsiveness';
import { Chart } from './chart';
import { Figure } from './figure';
import { lateTable, plain, type FigureColumn, type FigureTable } from './figure-table';
import { OpenLeads } from './open-leads';
import { chartUnit } from './query';
import { commitmentName, countWords, dateWords, lengthWords, partWords, percentWords, sureness } from './report-words';
import { behindOf, clauseOf, shareCell, type SectionProps, type View } from './view';

const ofLeads = <One extends ClockResults>(
  all: readonly One[],
  { commitment, owedBy }: Pick<View, 'commitment' | 'owedBy'>,
): One | undefined =>
  all.find((one) => one.commitment === commitment && one.owedBy === owedBy && one.subject === 'lead');

const own = ({ responsiveness }: Kpi, view: View): Responsiveness | undefined => ofLeads(responsiveness, view);

const titled = (title: string, view: View): string =>
  `${title}: ${commitmentName({ commitment: view.commitment, clause: clauseOf(view, view.commitment) })}`;

const column = (name: string, kind: FigureColumn['kind']): FigureColumn => ({
  label: t(`report_column_${name}`),
  kind,
});

export function Attainment({ view }: SectionProps) {
  const { gathered, query, window, owedBy } = view;
  const unit = chartUnit(window);
  const periods = useMemo(
    () => clockResultsOver(gathered.columns, { window, filters: query.filters }, unit),
    [gathered, query.filters, window, unit],
  );
  const { timeZone } = gathered.columns;
  const dates = periods.map(({ period }) => dateWords(period.from, timeZone, unit === 'month' ? 'month' : 'short'));
  const isPart = periods.map(({ period }) => period.partial);
  // A week that the period cuts is no drop.
  const names = dates.map((date, index) => (isPart[index] ? t('report_partial', date) : date));
  const shares = periods.map(({ results }) => ofLeads(results, view));
  const counts = (index: number, id: string): number =>
    shares[index]?.results.parts.find((part) => part.id === id)?.count ?? 0;
  const cell = (result: 'met' | 'missed' | 'open' | 'unknown') =>
    ({ of: 'clock', commitment: view.commitment, subject: 'lead', owedBy, result }) as const;
  const columns = [
    column('period', 'text'),
    column('in_time', 'measured'),
    ...(['met', 'missed', 'open', 'unknown'] as const).map((id): FigureColumn => ({
      label: partWords(id),
      kind: 'number',
    })),
  ];
  const table = lateTable({ title: titled(t('report_attainment'), view), columns }, periods.length, () =>
    periods.map(({ period }, index) => [
      plain(names[index] ?? ''),
      shares[index]
        ? shareCell(
            view,
            `${partWords('met')}, ${names[index] ?? ''}`,
            shares[index].attainment,
            [cell('met'), { of: 'judged', commitment: view.commitment, subject: 'lead', owedBy }],
            { window: period },
          )
        : plain(null),
      ...(['met', 'missed', 'open', 'unknown'] as const).map((id) => ({
        value: counts(index, id),
        behind: behindOf(view, `${partWords(id)}, ${names[index] ?? ''}`, cell(id), { window: period }),
      })),
    ]),
  );
  const values = shares.map((share) => share?.attainment.value ?? null);
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['attainment', 'wilson']}
      picture={
        <Chart
          label={table.title}
          categories={dates.map((date, index) => (isPart[index] ? `${date}*` : date))}
          max={1}
          format={percentWords}
          series={[
            {
              id: 'in-time',
              label: t('report_column_in_time'),
              kind: 'line',
              look: 'solid',
              values,
              low: shares.map((share) => share?.attainment.low ?? null),
              high: shares.map((share) => share?.attainment.high ?? null),
            },
          ]}
          describe={(index) => {
            const share = shares[index]?.attainment;
            const value =
              share === undefined || share.value === null
                ? t('report_why_nothing_judged')
                : `${percentWords(share.value)}, ${sureness(share)}`;
            return `${names[index] ?? ''}: ${value}`;
          }}
          onOpen={(index) => {
            const period = periods[index]?.period;
            if (period)
              view.tools.onBehind(
                behindOf(view, `${partWords('met')}, ${names[index] ?? ''}`, cell('met'), { window: period }),
              );
          }}
        />
      }
    >
      <p>
        {t('report_attainment_lead', t(`report_unit_${unit}`))}
        {isPart.includes(true) && ` ${t('report_partial_note')}`}
      </p>
    </Figure>
  );
}

export function ResponseTimes({ view }: SectionProps) {
  const found = own(view.kpi, view);
  const distribution = found?.distribution;
  const bins = distribution?.bins ?? [];
  const binName = (from: number, to: number | null): string =>
    to === null ? t('report_bin_over', percentWords(from)) : t('report_bin', percentWords(from), percentWords(to));
  const behindBin = (bin: number) =>
    behindOf(view, titled(binName(bins[bin]?.from ?? 0, bins[bin]?.to ?? null), view), {
      of: 'bin',
      commitment: view.commitment,
      subject: 'lead',
      owedBy: view.owedBy,
      bin,
    });
  const table: FigureTable = {
    title: titled(t('report_times'), view),
    columns: [column('part_of_target', 'text'), column('clocks', 'number')],
    rows:
      distribution && distribution.n > 0
        ? bins.map(({ from, to, count }, bin) => [plain(binName(from, to)), { value: count, behind: behindBin(bin) }])
        : [],
  };
  const hasBins = table.rows.length > 0;
  const inTime = (index: number): 'met' | 'missed' => (index <= (distribution?.targetBin ?? 0) ? 'met' : 'missed');
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['distribution', 'percentile']}
      {...(hasBins && distribution
        ? {
            picture: (
              <Chart
                label={table.title}
                categories={bins.map(({ to, from }) =>
                  to === null ? `> ${percentWords(from)}` : `≤ ${percentWords(to)}`,
                )}
                format={countWords}
                series={[
                  {
                    id: 'in',
                    label: partWords('met'),
                    kind: 'bar',
                    look: 'solid',
                    values: bins.map(({ count }, index) => (inTime(index) === 'met' ? count : null)),
                  },
                  {
                    id: 'late',
                    label: partWords('missed'),
                    kind: 'bar',
                    look: 'stripes',
                    values: bins.map(({ count }, index) => (inTime(index) === 'missed' ? count : null)),
                  },
                ]}
                target={{
                  after: distribution.targetBin,
                  label:
                    distribution.targetMs === null
                      ? t('report_target')
                      : t('report_target_of', lengthWords(distribution.targetMs)),
                }}
                describe={(index) => {
                  const bin = bins[index];
                  return bin ? `${binName(bin.from, bin.to)}: ${countWords(bin.count)}` : '';
                }}
                onOpen={(index) => view.tools.onBehind(behindBin(index))}
              />
            ),
          }
        : {})}
    >
      {found && distribution && distribution.n > 0 && (
        <p>
          <OpenLeads
            behind={behindOf(view, table.title, {
              of: 'response-time',
              commitment: view.commitment,
              subject: 'lead',
              owedBy: view.owedBy,
              time: 'elapsed',
            })}
            words={t('report_times_lead', countWords(distribution.n))}
            onBehind={view.tools.onBehind}
            quiet
          />
        </p>
      )}
    </Figure>
  );
}
