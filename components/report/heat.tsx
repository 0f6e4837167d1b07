/** When leads come, and when the promise is kept: local weekday × hour of the hand-off. A table that is also a picture. */
import { t } from '../../lib/platform/i18n';
import { heatMap, type Cell } from '../../lib/report';
import type { HeatCell } from '../../lib/report/heat-map';
import { Figure } from './figure';
import { measured, plain, type FigureTable } from './figure-table';
import { heatDrawing } from './heat-drawing';
import styles from './heat.module.css';
import { commitmentName, countWords, hourWords, percentWords, sureness, weekdayWords } from './report-words';
import { heats, type Query } from './query';
import { useChoice } from './use-query';
import { behindOf, type SectionProps, type View } from './view';

type Shown = Query['heat'];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

export function Heat({ view }: SectionProps) {
  const [shown, setShown] = useChoice('heat');
  const { gathered, query, window, commitment, owedBy } = view;
  const cells = heatMap(gathered.columns, { window, filters: query.filters }, { commitment, owedBy });
  const most = Math.max(1, ...cells.map(({ handOffs }) => handOffs));
  const table: FigureTable = {
    title: t('report_heat'),
    columns: [
      { label: t('report_by_weekday'), kind: 'text' },
      { label: t('report_by_hour'), kind: 'text' },
      { label: t('report_column_hand_offs'), kind: 'number' },
      { label: commitmentName({ commitment }), kind: 'measured' },
    ],
    rows: cells
      .filter(({ handOffs }) => handOffs > 0)
      .map((cell) => [
        plain(weekdayWords(cell.weekday, 'long')),
        plain(hourWords(cell.hour)),
        { value: cell.handOffs, behind: behindCell(view, cell) },
        measured(
          cell.attainment,
          behindCell(view, cell, { of: 'clock', commitment, subject: 'lead', owedBy, result: 'met' }),
          behindCell(view, cell, { of: 'judged', commitment, subject: 'lead', owedBy }),
        ),
      ]),
  };
  return (
    <Figure
      tools={view.tools}
      table={table}
      formulas={['hand_offs', 'attainment']}
      isDrawing={false}
      draw={() =>
        heatDrawing({
          rows: weekdays.map((weekday) => ({
            name: weekdayWords(weekday),
            cells: ofWeekday(cells, weekday).map((cell) => ({
              level: levelOf(cell, shown, most),
              words: cell.handOffs > 0 ? cellWords(cell, shown) : '',
            })),
          })),
        })
      }
      picture={<Grid view={view} cells={cells} shown={shown} most={most} />}
    >
      <fieldset className={styles.choice} aria-label={t('report_heat_show')}>
        {heats.map((one) => (
          <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)}>
            {one === 'hand-offs' ? t('report_column_hand_offs') : t('report_in_time', commitmentName({ commitment }))}
          </button>
        ))}
      </fieldset>
    </Figure>
  );
}

function behindCell(view: View, { weekday, hour }: HeatCell, cell: Cell = { of: 'hand-offs' }) {
  return behindOf(view, `${weekdayWords(weekday, 'long')} ${hourWords(hour)}`, cell, {
    filters: { ...view.query.filters, weekday: [weekday], hour: [hour] },
  });
}

/** Five steps, so that neighbours can be told apart. */
const steps = 5;

const ofWeekday = (cells: readonly HeatCell[], weekday: number): readonly HeatCell[] =>
  cells.slice(weekday * 24, weekday * 24 + 24);

/** 0, nothing, to 5; @param most hand-offs that any cell has. */
function levelOf({ handOffs, attainment }: HeatCell, shown: Shown, most: number): number {
  if (handOffs === 0) return 0;
  const part = shown === 'hand-offs' ? handOffs / most : attainment.value;
  return part === null ? 0 : Math.max(1, Math.ceil(part * steps));
}

function cellWords({ handOffs, attainment }: HeatCell, shown: Shown): string {
  if (shown === 'hand-offs') return countWords(handOffs);
  return attainment.value === null ? '–' : percentWords(Math.round(attainment.value * 100) / 100);
}

interface GridProps {
  readonly view: View;
  readonly cells: readonly HeatCell[];
  readonly shown: Shown;
  readonly most: number;
}

function Grid({ view, cells, shown, most }: GridProps) {
  const { commitment, owedBy } = view;
  // Where nothing was judged yet, the leads that came are what there is.
  const behindShown = ({ attainment }: HeatCell): Cell =>
    shown === 'hand-offs' || attainment.value === null
      ? { of: 'hand-offs' }
      : { of: 'judged', commitment, subject: 'lead', owedBy };
  const said = (cell: HeatCell): string =>
    `${weekdayWords(cell.weekday, 'long')} ${hourWords(cell.hour)}: ${cellWords(cell, shown)}${shown === 'attainment' ? `, ${sureness(cell.attainment)}` : ''}`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways
    <section className={styles.scroll} aria-label={t('report_table_of', t('report_heat'))} tabIndex={0}>
      <table className={styles.heat}>
        <thead>
          <tr>
            <th scope="col">{t('report_by_hour')}</th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{weekdayWords(weekday)}</th>
              {ofWeekday(cells, weekday).map((cell) => (
                <td key={cell.hour} data-level={levelOf(cell, shown, most)}>
                  {cell.handOffs > 0 && (
                    <button
                      type="button"
                      title={said(cell)}
                      aria-label={said(cell)}
                      onClick={() => view.tools.onBehind(behindCell(view, cell, behindShown(cell)))}
                    >
                      {cellWords(cell, shown)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
