/**
 * The report page: reads the leads, then shows what happened and what is ahead as two tabs that never share a number. The
 * question stands in the address; a change of it computes anew and reads nothing again.
 */
import { FileQuestion, PlugZap } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import { language, plural, t } from '../../lib/platform/i18n';
import { costsOf, kpiOf, windowBefore } from '../../lib/report';
import { Action } from '../ui/action';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { aboutWords } from './about';
import { Ahead } from './ahead';
import { BehindList } from './behind';
import type { FigureTools } from './figure';
import type { Behind } from './figure-table';
import type { Gathered } from './gather';
import { groups, KpiSections } from './kpi-sections';
import { Log } from './log';
import { dateAt, windowOf, writeQuery, type Query } from './query';
import styles from './report-app.module.css';
import { reportJson } from './report-file';
import { countWords, paperInstant } from './report-words';
import type { ReportServices } from './services';
import { Toolbar } from './toolbar';
import { useCosts, type Costs } from './use-costs';
import { DecisionsOfReport, useDecisions } from './use-decisions';
import { paperWords, usePaper } from './use-paper';
import { useQuery, type Ask } from './use-query';
import { useReport } from './use-report';
import type { View } from './view';

export function ReportApp({ services }: { readonly services: ReportServices }) {
  const { query, ask } = useQuery();
  const { reading, stop, again } = useReport(services);
  const costs = useCosts(services);
  // Names stay hidden until the settings say otherwise.
  const [names, setNames] = useState<'hidden' | 'shown'>('hidden');
  useEffect(() => {
    void services.person().then(
      (person) => setNames(person.names),
      () => {},
    );
  }, [services]);
  return (
    <I18nProvider locale={language()}>
      <div className={styles.page}>
        <Side query={query} />
        <main className={styles.main}>
          {reading.state === 'reading' && <Progress leads={reading.leads} of={reading.of} onStop={stop} />}
          {reading.state === 'stopped' && (
            <Notice icon={FileQuestion} title={t('report_stopped')}>
              <Action onAction={again}>{t('report_again')}</Action>
            </Notice>
          )}
          {reading.state === 'failed' && (
            <Notice icon={PlugZap} title={t('report_failed')} urgent>
              <p>{t('report_failed_safe')}</p>
              <Action onAction={again}>{t('report_again')}</Action>
            </Notice>
          )}
          {reading.state === 'ready' && (
            <Ready
              services={services}
              gathered={reading.gathered}
              query={query}
              ask={ask}
              names={names}
              costs={costs}
              again={again}
            />
          )}
        </main>
      </div>
    </I18nProvider>
  );
}

function Side({ query }: { readonly query: Query }) {
  return (
    <header className={styles.side}>
      <h1 className={styles.name}>{t('report_title')}</h1>
      <nav aria-label={t('report_sections')}>
        <ul className={styles.links}>
          {groups.map(({ id }) => (
            <li key={id}>
              <a
                className={styles.link}
                href={query.tab === 'kpi' ? `#${id}` : `${writeQuery({ ...query, tab: 'kpi' })}#${id}`}
              >
                {t(`report_group_${id}`)}
              </a>
            </li>
          ))}
          <li>
            <a className={styles.link} href="#log">
              {t('report_group_log')}
            </a>
          </li>
        </ul>
      </nav>
    </header>
  );
}

interface ProgressProps {
  readonly leads: number;
  readonly of: number | null;
  readonly onStop: () => void;
}

function Progress({ leads, of, onStop }: ProgressProps) {
  return (
    <div className={styles.reading}>
      <output className={styles.count}>
        {of === null
          ? t('report_reading', countWords(leads))
          : t('report_reading_of', countWords(leads), countWords(of))}
      </output>
      <progress
        aria-label={t('report_reading_label')}
        value={of === null ? undefined : Math.min(leads, of)}
        max={of === null ? undefined : Math.max(1, of)}
      />
      <Action kind="quiet" onAction={onStop}>
        {t('report_stop')}
      </Action>
      <Skeleton label={t('report_reading_label')} rows={6} />
    </div>
  );
}

interface ReadyProps {
  readonly services: ReportServices;
  readonly gathered: Gathered;
  readonly query: Query;
  readonly ask: Ask;
  readonly names: 'hidden' | 'shown';
  readonly costs: Costs;
  readonly again: () => void;
}

function useView(
  { services, gathered, query, ask, names, costs }: Omit<ReadyProps, 'again'>,
  tell: Pick<FigureTools, 'onBehind' | 'say'>,
): View {
  const { columns } = gathered;
  const { onBehind, say } = tell;
  const costWindows = useMemo(() => costsOf(costs.costs, columns.timeZone), [costs.costs, columns.timeZone]);
  const figures = useMemo(() => {
    const { timeZone, now } = columns;
    const window = windowOf(query, timeZone, now);
    const before = query.compare ? windowBefore(window, timeZone) : null;
    const { filters } = query;
    const kpi = kpiOf(columns, { window, filters, costs: costWindows });
    const kpiBefore = before && kpiOf(columns, { window: before, filters, costs: costWindows });
    const commitment = query.commitment ?? kpi.responsiveness[0]?.commitment ?? 'first-touch';
    const owed = kpi.responsiveness.find((one) => one.commitment === commitment && one.subject === 'lead');
    return { window, before, kpi, kpiBefore, commitment, owedBy: query.side ?? owed?.owedBy ?? 'sales' };
  }, [columns, query, costWindows]);
  return useMemo(() => {
    const { timeZone, now } = columns;
    const { from, to } = figures.window;
    const tools: FigureTools = {
      services,
      timeZone,
      now,
      about: () => aboutWords(view),
      period: `${dateAt(from, timeZone)}-${dateAt(to - 1, timeZone)}`,
      onBehind,
      say,
    };
    const view: View = { gathered, query, ask, ...figures, tools, names, costs, costWindows };
    return view;
  }, [services, gathered, columns, query, ask, names, costs, costWindows, figures, onBehind, say]);
}

function Ready({ services, gathered, query, ask, names, costs, again }: ReadyProps) {
  const [behind, setBehind] = useState<Behind | null>(null);
  const [said, say] = useState('');
  const view = useView({ services, gathered, query, ask, names, costs }, { onBehind: setBehind, say });
  usePaper(paperWords(view, query.tab));
  const { columns } = gathered;
  const decisions = useDecisions(services);
  const open = useCallback(
    (lead: LeadKey) => {
      services.openLead(lead).then(
        (opened) => say(opened ? '' : t('report_not_opened')),
        () => say(t('report_not_opened')),
      );
    },
    [services],
  );
  const json = (): void =>
    services.save(
      `relevo-report-${view.tools.period}.json`,
      new Blob([reportJson(view, decisions.all)], { type: 'application/json' }),
    );
  return (
    <DecisionsOfReport value={decisions}>
      <div className={styles.top}>
        <div className={styles.bar}>
          <nav aria-label={t('report_tabs')} className={styles.tabs}>
            {(['kpi', 'sla'] as const).map((tab) => (
              <a
                key={tab}
                href={writeQuery({ ...query, tab })}
                aria-current={query.tab === tab ? 'page' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  ask({ tab });
                }}
              >
                {t(`report_tab_${tab}`)}
              </a>
            ))}
          </nav>
          <span className={styles.asOf}>
            <span className={styles.screen}>
              {t('report_as_of', formatInstant(columns.now, services.now(), language()))}
            </span>
            <span className={styles.paper}>{t('report_as_of', paperInstant(columns.now, columns.timeZone))}</span>
          </span>
          <Action kind="plain" onAction={again}>
            {t('report_again')}
          </Action>
          <Action kind="plain" onAction={services.print}>
            {t('report_print')}
          </Action>
          <Action kind="plain" onAction={json}>
            JSON
          </Action>
        </div>
        <Toolbar query={query} ask={ask} columns={columns} teams={gathered.terms.agreement.teams} names={names} />
      </div>
      <output className={styles.said}>{said}</output>
      {gathered.withoutLead > 0 && <p className={styles.asOf}>{plural('report_without_lead', gathered.withoutLead)}</p>}
      {columns.size === 0 ? (
        <Notice icon={FileQuestion} title={t('report_empty')}>
          <p>{t('report_empty_do')}</p>
        </Notice>
      ) : query.tab === 'kpi' ? (
        <KpiSections view={view} />
      ) : (
        <section className={styles.group} aria-labelledby="ahead-title">
          <h2 id="ahead-title" className={styles.heading}>
            {t('report_tab_sla')}
          </h2>
          <p>{t('report_ahead_lead')}</p>
          <Ahead gathered={gathered} query={query} tools={view.tools} onOpen={open} />
        </section>
      )}
      <section id="log" className={styles.group} aria-labelledby="log-title">
        <h2 id="log-title" className={styles.heading}>
          {t('report_group_log')}
        </h2>
        <Log services={services} timeZone={columns.timeZone} />
      </section>
      {behind && (
        <BehindList
          behind={behind}
          gathered={gathered}
          services={services}
          names={names}
          onOpen={open}
          onClose={() => setBehind(null)}
        />
      )}
    </DecisionsOfReport>
  );
}
