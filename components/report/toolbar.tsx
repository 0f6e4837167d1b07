/** Which period and which leads the report is about. Everything chosen here stands in the address. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import type { Agreement } from '../../lib/agreement/schema';
import { memo, useDeferredValue } from 'react';
import { t } from '../../lib/platform/i18n';
import type { Columns, Filters } from '../../lib/report';
import { textDimensions } from '../../lib/report/columns';
import { Hidden } from '../ui/hidden';
import { dateAt, stepped, units, windowOf, type Query } from './query';
import { dimensionWords, hourWords, weekdayWords, windowWords } from './report-words';
import styles from './toolbar.module.css';
import type { Ask } from './use-query';
import { personal, valueWords, type Named } from './value-words';

export interface ToolbarProps {
  readonly query: Query;
  readonly ask: Ask;
  readonly columns: Columns;
  readonly teams: Agreement['teams'];
  readonly names: 'hidden' | 'shown';
}

export function Toolbar({ query, ask, columns, teams, names }: ToolbarProps) {
  return (
    <div className={styles.toolbar}>
      {query.tab === 'kpi' && <Period query={query} ask={ask} columns={columns} />}
      <FilterBar query={query} ask={ask} columns={columns} teams={teams} names={names} />
    </div>
  );
}

function Period({ query, ask, columns }: Omit<ToolbarProps, 'names' | 'teams'>) {
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

function FilterBar({ query, ask, columns, teams, names }: ToolbarProps) {
  const named = { columns, teams };
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
    (dimension) => (!personal.includes(dimension) || names === 'shown') && columns.texts[dimension].values.length > 1,
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
          <Options columns={columns} teams={teams} dimension={dimension} />
        </select>
      ))}
      {(['weekday', 'hour'] as const).map((dimension) => (
        <select
          key={dimension}
          aria-label={t('report_filter_by', dimensionWords(dimension))}
          value=""
          onChange={({ target }) =>
            target.value !== '' &&
            change(dimension, [...new Set([...(filters[dimension] ?? []), Number(target.value)])])
          }
        >
          <option value="">{dimensionWords(dimension)}</option>
          <TimeOptions dimension={dimension} />
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
          <bdi>
            {personal.includes(dimension) && names === 'hidden'
              ? t('report_hidden')
              : valueWords(named, dimension, value)}
          </bdi>
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

interface OptionsProps extends Pick<ToolbarProps, 'columns' | 'teams'> {
  readonly dimension: (typeof textDimensions)[number];
}

/** Hundreds of them, which no question changes, and which nobody looks at before the first figures are there. */
const Options = memo(function Options({ columns, teams, dimension }: OptionsProps) {
  const isTime = useDeferredValue(true, false);
  if (!isTime) return null;
  return optionsOf({ columns, teams }, dimension).map(({ code, words }) => (
    <option key={code} value={code}>
      {words}
    </option>
  ));
});

const TimeOptions = memo(function TimeOptions({ dimension }: { readonly dimension: 'weekday' | 'hour' }) {
  const isTime = useDeferredValue(true, false);
  if (!isTime) return null;
  return Array.from({ length: dimension === 'weekday' ? 7 : 24 }, (_, value) => (
    <option key={value} value={value}>
      {dimension === 'weekday' ? weekdayWords(value, 'long') : hourWords(value)}
    </option>
  ));
});

function optionsOf(named: Named, dimension: (typeof textDimensions)[number]) {
  return named.columns.texts[dimension].values
    .map((value, code) => ({ code, words: valueWords(named, dimension, value) }))
    .toSorted((a, b) => a.words.localeCompare(b.words));
}
