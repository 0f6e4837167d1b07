/** Holidays from a country's list. The list is large, so it is loaded when it is asked for. */
import { useState } from 'react';
import { language, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { Frame, Problem } from '../fields/frame';
import { loadHolidayLists, type HolidayLists, type Region } from '../holiday-lists';
import type { HolidayFileProps } from './holiday-file';
import styles from './parts.module.css';

export function CountryHolidays({ thisYear, onTake }: Omit<HolidayFileProps, 'zone'>) {
  const [lists, setLists] = useState<HolidayLists | 'loading' | 'failed' | null>(null);
  const [country, setCountry] = useState('');
  const [region, setRegion] = useState('');
  if (lists === null || lists === 'loading' || lists === 'failed')
    return (
      <div>
        {lists === 'failed' && <Problem>{t('agreement_country_failed')}</Problem>}
        <Action
          kind="quiet"
          busy={lists === 'loading'}
          onAction={() => {
            setLists('loading');
            loadHolidayLists(language()).then(setLists, () => setLists('failed'));
          }}
        >
          {t('agreement_country_open')}
        </Action>
      </div>
    );
  const regions = country === '' ? [] : lists.regions(country);
  const choice = (
    label: string,
    value: string,
    none: string,
    options: readonly Region[],
    choose: (id: string) => void,
  ) => (
    <Frame label={label}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => choose(target.value)}>
          <option value="">{none}</option>
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
  return (
    <div>
      <div className={styles['adder']}>
        {choice(t('agreement_country'), country, t('agreement_choose'), lists.countries, (id) => {
          setCountry(id);
          setRegion('');
        })}
        {regions.length > 0 && choice(t('agreement_region'), region, t('agreement_region_all'), regions, setRegion)}
        <Action
          kind="quiet"
          busy={country === ''}
          onAction={() => onTake(lists.holidays(country, region, [thisYear, thisYear + 1, thisYear + 2]))}
        >
          {t('agreement_country_take', String(thisYear), String(thisYear + 2))}
        </Action>
      </div>
      <p className={styles['soft']}>{t('agreement_country_source')}</p>
    </div>
  );
}
