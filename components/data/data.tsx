/** What is stored in this browser, and what a person can do with all of it: keep a copy, bring one in, erase one lead. */
import { Database } from 'lucide-react';
import { useCallback } from 'react';
import type { KeptCounts } from '../../lib/ledger/aggregate';
import type { LedgerInfo } from '../../lib/messages/ledger';
import { language, plural, t } from '../../lib/platform/i18n';
import type { SectionProps } from '../options/sections';
import { Unanswered } from '../options/unanswered';
import { Notice } from '../ui/notice';
import { Part, Soft, Wrong } from '../ui/part';
import { Skeleton } from '../ui/skeleton';
import { useAnswer, useFreshness } from '../use-answer';
import styles from './data.module.css';
import { Erasing } from './erasing';
import { Exporting } from './exporting';
import { Importing } from './importing';

export function Data({ services: { data: services } }: SectionProps) {
  const ask = useCallback(() => services.ledgerInfo({}).then((info) => ({ info })), [services]);
  const { answer, failed, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  return (
    <>
      {failed && <Unanswered onRetry={again} />}
      {!answer && !failed && <Skeleton label={t('options_loading')} rows={5} />}
      {answer?.info === null && <Wrong>{t('problem_ledger_unavailable')}</Wrong>}
      {answer?.info && <Counts info={answer.info} />}
      <Part title={t('data_export')}>
        <Exporting services={services} total={answer?.info ? answer.info.leads : null} />
      </Part>
      <Part title={t('data_import')}>
        <Importing services={services} onDone={again} />
      </Part>
      <Part title={t('data_erase')}>
        <Erasing services={services} onDone={again} />
      </Part>
      <Part title={t('data_where')}>
        <dl className={styles.where}>
          {['ledger', 'agreement', 'you', 'sites', 'nowhere'].map((what) => (
            <div key={what}>
              <dt>{t(`data_where_${what}`)}</dt>
              <dd>{t(`data_where_${what}_is`)}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </>
  );
}

const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

export function bytesWords(bytes: number): string {
  const [value, unit] =
    bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : bytes < 1e9 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e9, 'gigabyte'];
  return new Intl.NumberFormat(language(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

function Counts({ info }: { readonly info: LedgerInfo }) {
  const { leads, facts, snoozes, forgotten, unreadable, used, quota, retentionDays, kept } = info;
  const isEmpty = leads === 0 && facts === 0;
  return (
    <>
      {!info.durable && <Wrong>{t('data_not_durable')}</Wrong>}
      {isEmpty && (
        <Notice icon={Database} title={t('data_none')}>
          <p>{t('data_none_do')}</p>
        </Notice>
      )}
      <dl className={styles.figures}>
        {(
          [
            ['leads', leads],
            ['facts', facts],
            ['snoozes', snoozes],
            ['forgotten', forgotten],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`data_count_${name}`)}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {unreadable > 0 && <Wrong>{plural('data_unreadable', unreadable)}</Wrong>}
      {used !== null && (
        <p>
          {quota === null ? t('data_used', bytesWords(used)) : t('data_used_of', bytesWords(used), bytesWords(quota))}
        </p>
      )}
      <Soft>{plural('data_retention', retentionDays)}</Soft>
      {kept !== null && <Kept kept={kept} />}
    </>
  );
}

/** A day of UTC, whatever zone the reader is in. */
const dayWords = (day: string): string =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day));

/** What is left of leads that are no longer kept. */
function Kept({ kept: { from, to, counts } }: { readonly kept: KeptCounts }) {
  return (
    <table className={styles.kept}>
      <caption>{t('data_kept', dayWords(from), dayWords(to))}</caption>
      <thead>
        <tr>
          <th scope="col">{t('data_kept_what')}</th>
          <th scope="col">{t('data_kept_count')}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ kind, count }) => (
          <tr key={kind}>
            <th scope="row">{t(`data_kept_${kind.replaceAll('-', '_')}`)}</th>
            <td>{number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
