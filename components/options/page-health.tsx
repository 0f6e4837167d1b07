/** Page health: a line for each kind of page of each CRM that was opened, and a report of it to copy. */
import { CircleAlert, CircleCheck, CircleDashed, Telescope, type LucideIcon } from 'lucide-react';
import { useCallback, useState } from 'react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { HealthTable, StructureReply, SurfaceHealth } from '../../lib/messages/page-health';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { useAnswer, useFreshness } from '../use-answer';
import { listWords } from '../words';
import { missingWords, surfaceWords, type Standing } from './health-words';
import styles from './page-health.module.css';
import { reportText } from './report';
import type { SectionProps } from './sections';
import { Unanswered } from './unanswered';

const icons: Readonly<Record<Standing, LucideIcon>> = {
  changed: CircleAlert,
  doubtful: CircleAlert,
  partly: CircleAlert,
  well: CircleCheck,
  empty: CircleDashed,
};

interface Made {
  readonly text: string;
  readonly said: string;
}

function saidOf(structure: StructureReply, copied: boolean): string {
  const done = copied ? t('options_report_copied') : t('options_report_not_copied');
  return structure.ok ? done : `${done} ${t(`options_report_${structure.reason.replace('-', '_')}`)}`;
}

export function PageHealth({ services }: SectionProps) {
  const ask = useCallback(() => services.healthTable(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  const [withHost, setWithHost] = useState(false);
  const [made, setMade] = useState<Made | null>(null);

  const report = async (health: SurfaceHealth): Promise<void> => {
    const structure = await services
      .structure(health.adapter, health.surface)
      .catch((): StructureReply => ({ ok: false, reason: 'refused' }));
    const text = reportText({ about: services.about, health, structure, withHost });
    const copied = await services.copy(text).then(
      () => true,
      () => false,
    );
    setMade({ text, said: saidOf(structure, copied) });
  };

  return (
    <>
      <p className={styles.lead}>{t('options_health_lead')}</p>
      {failed && <Unanswered onRetry={again} />}
      {!answer && !failed && <Skeleton label={t('options_loading')} rows={6} />}
      {answer && answer.surfaces.length === 0 && (
        <Notice icon={Telescope} title={t('options_health_none')}>
          <p>{t('options_health_none_do')}</p>
        </Notice>
      )}
      {answer && answer.surfaces.length > 0 && (
        <>
          <label className={styles.host}>
            <input type="checkbox" checked={withHost} onChange={({ target }) => setWithHost(target.checked)} />
            {t('options_report_host')}
          </label>
          <Table table={answer} onReport={(health) => void report(health)} />
          <output className={styles.said}>{made?.said}</output>
          {made && (
            <details className={styles.made}>
              <summary>{t('options_report_show')}</summary>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it */}
              <section tabIndex={0} aria-label={t('options_report_show')}>
                <pre>{made.text}</pre>
              </section>
            </details>
          )}
        </>
      )}
      {answer && <Unopened table={answer} />}
    </>
  );
}

interface TableProps {
  readonly table: HealthTable;
  readonly onReport: (health: SurfaceHealth) => void;
}

function Table({ table, onReport }: TableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways
    <section className={styles.scroll} aria-label={t('options_health')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {['crm', 'page', 'state', 'pages', 'rows', 'missing', 'put_back', 'last'].map((column) => (
              <th key={column} scope="col">
                {t(`options_health_column_${column}`)}
              </th>
            ))}
            <th scope="col">
              <Hidden>{t('options_report')}</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {table.surfaces.map((health) => (
            <Line key={`${health.adapter}|${health.surface}`} health={health} table={table} onReport={onReport} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ health, table, onReport }: TableProps & { readonly health: SurfaceHealth }) {
  const number = new Intl.NumberFormat(language());
  const { standing, sentence } = surfaceWords(health, table.asOf);
  const Icon = icons[standing];
  const crm = table.adapters.find(({ id }) => id === health.adapter)?.label ?? health.adapter;
  const page = t(`options_surface_${health.surface}`);
  return (
    <tr data-standing={standing}>
      <th scope="row">{crm}</th>
      <td>{page}</td>
      <td>
        <span className={styles.state}>
          <Icon size={16} aria-hidden="true" focusable="false" />
          {sentence}
        </span>
      </td>
      <td>{number.format(health.pages)}</td>
      <td>{t('options_health_rows', number.format(health.read), number.format(health.rows))}</td>
      <td>{missingWords(health.missing) || t('options_health_nothing')}</td>
      <td>{number.format(health.putBack)}</td>
      <td title={formatFullInstant(health.lastAt, language())}>
        {formatInstant(health.lastAt, table.asOf, language())}
      </td>
      <td>
        <Action kind="quiet" onAction={() => onReport(health)}>
          {t('options_report')}
          <Hidden>{` ${crm}, ${page}`}</Hidden>
        </Action>
      </td>
    </tr>
  );
}

/** The CRMs of which nothing is known here. */
function Unopened({ table }: { readonly table: HealthTable }) {
  const names = table.adapters.filter(({ id }) => !table.surfaces.some(({ adapter }) => adapter === id));
  if (names.length === 0) return null;
  return <p className={styles.lead}>{t('options_health_unopened', listWords(names.map(({ label }) => label)))}</p>;
}
