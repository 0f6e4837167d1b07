/** Volume: hand-offs against what was promised for the period, day by day, and where it is heading. */
import { t } from '../../lib/platform/i18n';
import { paceOf, unjudgedFor, type Promised } from '../../lib/report';
import { Chart } from './chart';
import { Figure } from './figure';
import { plain, type FigureTable } from './figure-table';
import { promiseTitle } from './headline-items';
import { OpenLeads } from './open-leads';
import { countWords, dateWords, whyWords } from './report-words';
import { behindOf, promisesOf, type SectionProps, type View } from './view';

export function Volume({ view }: SectionProps) {
  const promises = promisesOf(view).filter(
    // What is promised for some leads only has its number in the headline row; a line of all leads would not be its line.
    ({ promise: { measure, when } }) => measure === 'hand-offs' && !when?.length,
  );
  if (promises.length === 0)
    return (
      <p>
        <OpenLeads
          behind={behindOf(view, t('report_column_hand_offs'), { of: 'hand-offs' })}
          words={t('report_no_volume_promise', countWords(view.kpi.handOffs))}
          onBehind={view.tools.onBehind}
          quiet
        />
      </p>
    );
  return promises.map((promised) => (
    <Pace key={`${promised.promise.id}|${promised.version}`} view={view} promised={promised} />
  ));
}

function Pace({ view, promised }: { readonly view: View; readonly promised: Promised }) {
  const { gathered, query } = view;
  const { columns, calendars, spec } = gathered;
  const { promise, window, fromNext } = promised;
  const unjudged = unjudgedFor(promise, { filters: query.filters, fromNext });
  const pace = paceOf(columns, {
    window,
    filters: query.filters,
    promised: unjudged === null ? promise.value : null,
    spec: spec ?? { timeZone: columns.timeZone, weekly: {} },
    calendars,
  });
  const names = pace.days.map(({ from }) => dateWords(from, columns.timeZone));
  const table: FigureTable = {
    title: t('report_pace', promiseTitle(promise)),
    columns: [
      { label: t('report_column_day'), kind: 'text' },
      { label: t('report_column_expected'), kind: 'number' },
      { label: t('report_column_actual'), kind: 'number' },
    ],
    rows: pace.days.map(({ from, to, expected, actual }, index) => [
      plain(names[index] ?? ''),
      plain(expected),
      {
        value: actual,
        behind: behindOf(
          view,
          names[index] ?? '',
          { of: 'hand-offs' },
          { window: { from: window.from, to: Math.max(to, from) } },
        ),
      },
    ]),
  };
  const forecast =
    pace.forecast.value === null ? whyWords(pace.forecast.why) : t('report_forecast', countWords(pace.forecast.value));
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['hand_offs', 'pace', 'forecast']}
      {...(pace.days.length > 0
        ? {
            picture: (
              <Chart
                label={table.title}
                categories={names}
                format={countWords}
                series={[
                  {
                    id: 'actual',
                    label: t('report_column_actual'),
                    kind: 'line',
                    look: 'solid',
                    values: pace.days.map(({ actual }) => actual),
                  },
                  ...(pace.promised === null
                    ? []
                    : [
                        {
                          id: 'expected',
                          label: t('report_column_expected'),
                          kind: 'line',
                          look: 'dashed',
                          values: pace.days.map(({ expected }) => expected),
                        } as const,
                      ]),
                ]}
                describe={(index) => {
                  const day = pace.days[index];
                  const words = (value: number | null | undefined): string =>
                    typeof value === 'number' ? countWords(value) : '–';
                  return t('report_pace_day', names[index] ?? '', words(day?.actual), words(day?.expected));
                }}
                onOpen={(index) => {
                  const behind = table.rows[index]?.[2]?.behind;
                  if (behind) view.tools.onBehind(behind);
                }}
              />
            ),
          }
        : {})}
    >
      <p>
        <OpenLeads
          behind={behindOf(view, t('report_column_hand_offs'), { of: 'hand-offs' }, { window })}
          words={
            pace.promised === null || unjudged !== null
              ? t('report_pace_unjudged', countWords(pace.actual), whyWords(unjudged ?? 'promise-not-splittable'))
              : t('report_pace_lead', countWords(pace.actual), countWords(pace.promised), forecast)
          }
          onBehind={view.tools.onBehind}
          quiet
        />
      </p>
    </Figure>
  );
}
