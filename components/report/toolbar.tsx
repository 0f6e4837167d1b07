/** Which period and which leads the report is about. Everything chosen here stands in the address. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { t } from '../../lib/platform/i18n';
import type { Columns, Filters } from '../../lib/report';
import { textDimensions } from '../../lib/report/columns';
import { Hidden } from '../ui/hidden';
import { dateAt, stepped, units, windowOf, type Query } from './query';
import { dimensionWords, textWords, weekdayWords, windowWords } from './report-words';
import styles from './toolbar.module.css';
import type { Ask } from './use-query';

export interface ToolbarProps {
  readonly query: Query;
  readonly ask: Ask;
  readonly columns: Columns;
  readonly names: 'hidden' | 'shown';
}

export function Toolbar({ query, ask, columns, names }: ToolbarProps) {
  return (
    <div className={styles.toolbar}>
      {query.tab === 'kpi' && <Period query={query} ask={ask} columns={columns} />}
      <FilterBar query={query} ask={ask} columns={columns} names={names} />
    </div>
  );
}

function Period({ query, ask, columns }: Omit<ToolbarProps, 'names'>) {
  const { timeZone, now } = columns;
  const window = windowOf(query, timeZone, now);
  const [first, last] = [dateAt(window.from, timeZone), dateAt(window.to - 1, timeZone)];
  const step = (ahead: -1 | 1) => () => ask(stepped(query, timeZone, now, ahead));
  return (
    <fieldset className={styles.row} aria-label={t('report_period')}>
      <div className={styles.units}>
        {units.map((unit) => (
          <button
            key={unit}
            type="button"
            aria-pressed={query.unit === unit}
            onClick={() => ask(unit === 'custom' ? { unit, from: first, until: last } : { unit, until: null })}
          >
            {t(`report_unit_${unit}`)}
          </button>
        ))}
      </div>
      <button type="button" className={styles.step} onClick={step(-1)}>
        <ChevronLeft size={16} aria-hidden="true" focusable="false" />
        <Hidden>{t('report_earlier')}</Hidden>
      </button>
      <strong className={styles.window}>{windowWords(window, timeZone)}</strong>
      <button type="button" className={styles.step} onClick={step(1)}>
        <ChevronRight size={16} aria-hidden="true" focusable="false" />
        <Hidden>{t('report_later')}</Hidden>
      </button>
      {query.unit === 'custom' && (
        <span className={styles.dates}>
          <label>
            {t('report_from')}{' '}
            <input type="date" value={first} onChange={({ target }) => target.value && ask({ from: target.value })} />
          </label>
          <label>
            {t('report_until')}{' '}
            <input type="date" value={last} onChange={({ target }) => target.value && ask({ until: target.value })} />
          </label>
        </span>
      )}
      <label>
        <input type="checkbox" checked={query.compare} onChange={({ target }) => ask({ compare: target.checked })} />{' '}
        {t('report_compare')}
      </label>
    </fieldset>
  );
}

type Dimension = keyof Filters;

const valueWords = (dimension: Dimension, value: string | number | null): string =>
  typeof value !== 'number' ? textWords(value) : dimension === 'weekday' ? weekdayWords(value, 'long') : `${value}:00`;

function FilterBar({ query, ask, columns, names }: ToolbarProps) {
  const { filters } = query;
  const chosen = Object.entries(filters).flatMap(([dimension, values]) =>
    (values ?? []).map((value) => ({ dimension: dimension as Dimension, value })),
  );
  const change = (dimension: Dimension, values: readonly (string | number | null)[]): void => {
    const { [dimension]: _, ...rest } = filters;
    ask({ filters: values.length === 0 ? rest : { ...rest, [dimension]: values } });
  };
  // With names hidden nobody can be picked out; a link that does says only that it does.
  const offered = textDimensions.filter(
    (dimension) => (dimension !== 'rep' || names === 'shown') && columns.texts[dimension].values.length > 1,
  );
  return (
    <fieldset className={styles.row} aria-label={t('report_filters')}>
      {offered.map((dimension) => (
        <select
          key={dimension}
          aria-label={t('report_filter_by', dimensionWords(dimension))}
          value=""
          onChange={({ target }) => {
            const value = columns.texts[dimension].values[Number(target.value)];
            if (value !== undefined && target.value !== '')
              change(dimension, [...new Set([...(filters[dimension] ?? []), value])]);
          }}
        >
          <option value="">{dimensionWords(dimension)}</option>
          {optionsOf(columns, dimension).map(({ code, words }) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      ))}
      {chosen.map(({ dimension, value }) => (
        <button
          key={`${dimension}|${value ?? ''}`}
          type="button"
          className={styles.chip}
          onClick={() =>
            change(
              dimension,
              ((filters[dimension] ?? []) as readonly (string | number | null)[]).filter((other) => other !== value),
            )
          }
        >
          <Hidden>{t('report_filter_remove')}</Hidden>
          {dimensionWords(dimension)}:{' '}
          <bdi>{dimension === 'rep' && names === 'hidden' ? t('report_hidden') : valueWords(dimension, value)}</bdi>
          <X size={12} aria-hidden="true" focusable="false" />
        </button>
      ))}
      {chosen.length > 1 && (
        <button type="button" className={styles.chip} onClick={() => ask({ filters: {} })}>
          {t('report_filter_none')}
        </button>
      )}
    </fieldset>
  );
}

function optionsOf(columns: Columns, dimension: (typeof textDimensions)[number]) {
  const { values } = columns.texts[dimension];
  return values
    .map((value, code) => ({
      code,
      words: (dimension === 'rep' ? (columns.repNames[code] ?? value) : value) ?? t('report_not_known'),
    }))
    .toSorted((a, b) => a.words.localeCompare(b.words));
}
