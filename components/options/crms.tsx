/** The CRMs: in which zone and order their pages show times, where no page tells; and what each of them tells at all. */
import { useCallback, useState } from 'react';
import { wordsIn } from '../../lib/agreement/words';
import { catalogue, crmLabel } from '../../lib/crm/catalogue';
import { clocksRun, evidenceOf } from '../../lib/crm/evidences';
import type { Said as Saying, SiteDates } from '../../lib/crm/types';
import type { DatedSite } from '../../lib/messages/site-dates';
import { language, t } from '../../lib/platform/i18n';
import { Frame, Row } from '../agreement/fields/frame';
import { Action } from '../ui/action';
import { Box, Line, Part, Said, Soft, Wrong } from '../ui/part';
import { Skeleton } from '../ui/skeleton';
import { useAnswer, useFreshness } from '../use-answer';
import styles from './crms.module.css';
import tables from './page-health.module.css';
import type { SectionProps } from './sections';
import { Unanswered } from './unanswered';

const orders = ['dmy', 'mdy', 'ymd'] as const;

const zones = (): readonly string[] =>
  typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];

const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

export function Crms({ services }: SectionProps) {
  const ask = useCallback(() => services.datedSites(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  const [saved, setSaved] = useState<{ readonly origin: string; readonly ok: boolean } | null>(null);

  const save = async (origin: string, dates: SiteDates): Promise<void> => {
    const ok = await services.saveSiteDates({ origin, dates }).catch(() => false);
    setSaved({ origin, ok });
    again();
  };
  return (
    <>
      <Soft>{t('options_crms_lead')}</Soft>
      <Part title={t('options_times')}>
        <Soft>{t('options_times_lead')}</Soft>
        {failed && <Unanswered onRetry={again} />}
        {!answer && !failed && <Skeleton label={t('options_loading')} rows={3} />}
        {answer?.length === 0 && <Soft>{t('options_times_none')}</Soft>}
        {answer?.map((site) => (
          <Times
            key={site.origin}
            site={site}
            here={services.agreement.zone}
            saved={saved?.origin === site.origin ? saved.ok : null}
            onDates={(dates) => void save(site.origin, dates)}
          />
        ))}
      </Part>
      <Part title={t('options_crm_table')}>
        <Told />
      </Part>
    </>
  );
}

/** What is known of each CRM, as the README's table has it. */
function Told() {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways
    <section className={tables.scroll} aria-label={t('options_crms')} tabIndex={0}>
      <table className={tables.table}>
        <thead>
          <tr>
            {['crm', 'clocks', 'touches', 'ignored'].map((column) => (
              <th key={column} scope="col">
                {t(`options_crm_column_${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {catalogue.flatMap(({ id, label }) => {
            const evidence = evidenceOf[id];
            return evidence ? (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td>{t(`options_crm_clocks_${clocksRun(evidence)}`)}</td>
                <td>
                  <Sayings words={evidence.touches.counts} none={t('options_crm_nothing')} />
                </td>
                <td>
                  <Sayings words={evidence.touches.ignored} none="–" />
                </td>
              </tr>
            ) : (
              []
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Sayings({ words, none }: { readonly words: readonly Saying[]; readonly none: string }) {
  if (words.length === 0) return none;
  const said = words.map((one) => wordsIn(one, language() === 'es' ? 'es' : 'en'));
  return (
    <ul className={styles.list}>
      {said.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

interface TimesProps {
  readonly site: DatedSite;
  /** IANA zone of this browser. */
  readonly here: string;
  /** Whether the last change was kept; `null` before there was one. */
  readonly saved: boolean | null;
  readonly onDates: (dates: SiteDates) => void;
}

function Times({ site: { origin, crm, dates }, here, saved, onDates }: TimesProps) {
  const hasApi = catalogue.some(({ id, api }) => id === crm && api);
  const choose = (name: keyof SiteDates, value: string): void => {
    const { [name]: _before, ...rest } = dates;
    onDates(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <Box>
      <h4 className={styles.site}>{t('options_times_site', crmLabel(crm), new URL(origin).host)}</h4>
      {dates.timeZone === undefined && !hasApi && <p>{t('options_times_missing')}</p>}
      {hasApi && <Soft>{t('options_times_api', crmLabel(crm))}</Soft>}
      {dates.timeZone === undefined && (
        <Line>
          <Action onAction={() => choose('timeZone', here)}>{t('options_times_here', zoneName(here))}</Action>
        </Line>
      )}
      <Row>
        <Frame label={t('options_times_zone')} hint={t('options_times_zone_hint')}>
          {(control) => (
            <select
              {...control}
              value={dates.timeZone ?? ''}
              onChange={({ target }) => choose('timeZone', target.value)}
            >
              <option value="">{t('options_times_not_set')}</option>
              {[...new Set([here, ...(dates.timeZone === undefined ? [] : [dates.timeZone]), ...zones()])].map(
                (zone) => (
                  <option key={zone} value={zone}>
                    {zoneName(zone)}
                  </option>
                ),
              )}
            </select>
          )}
        </Frame>
        <Frame label={t('options_times_order')} hint={t('options_times_order_hint')}>
          {(control) => (
            <select {...control} value={dates.order ?? ''} onChange={({ target }) => choose('order', target.value)}>
              <option value="">{t('options_times_not_set')}</option>
              {orders.map((order) => (
                <option key={order} value={order}>
                  {t(`options_times_order_${order}`)}
                </option>
              ))}
            </select>
          )}
        </Frame>
      </Row>
      {saved === false && <Wrong>{t('options_not_saved')}</Wrong>}
      <Said>{saved === true && t('options_times_saved')}</Said>
    </Box>
  );
}
