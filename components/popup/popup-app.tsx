/**
 * The popup: what is overdue, what is next, one key to the lead. Draws its frame at once and fills it when the worker
 * answers; what was shown last stays while a newer answer is on its way or fails to come.
 */
import { PlugZap, Unplug } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import type { Problem, SiteState, SummaryGroup } from '../../lib/messages/contract';
import { language, plural, t } from '../../lib/platform/i18n';
import { liveClock, soonestChange, stepFor } from '../clock/live';
import { useNow, type Step } from '../clock/use-now';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { Notice } from '../ui/notice';
import { Problems } from '../ui/problems';
import { Skeleton } from '../ui/skeleton';
import { useFreshness } from '../use-answer';
import { Empty } from './empty';
import { Figures } from './figures';
import { KeyHelp } from './key-help';
import { LeadList } from './lead-list';
import styles from './popup-app.module.css';
import type { PopupServices } from './services';
import { SiteLine } from './site-line';
import { Toolbar } from './toolbar';
import { usePopupKeys } from './use-popup-keys';
import { useSite } from './use-site';
import { useSummary, type SummaryAnswer } from './use-summary';

const nothing: readonly never[] = [];

function pageProblems(site: SiteState | null): readonly Problem[] {
  // A page that changed is said by the line of the site, with what it is about.
  return site?.kind === 'on' && site.health
    ? site.health.problems.filter(({ code }) => code !== 'page-changed')
    : nothing;
}

export function PopupApp({ services }: { readonly services: PopupServices }) {
  const [mine, setMine] = useState(true);
  const [group, setGroup] = useState<SummaryGroup | null>(null);
  const [search, setSearch] = useState('');
  const [notOpened, setNotOpened] = useState(false);
  const [step, setStep] = useState<Step>('minute');
  const searchRef = useRef<HTMLInputElement>(null);

  const { answer, failed, asking, again } = useSummary(services, { mine, group, search });
  const control = useSite(services);
  const now = useNow(services.now, step);

  const rows = answer?.summary.rows ?? nothing;
  const open = answer?.summary.open;
  const entries = useMemo(
    () => (open ? rows.map((row) => ({ row, live: liveClock(row.clock, open, now) })) : []),
    [rows, open, now],
  );
  const wanted = stepFor(entries.map(({ live }) => live));
  if (wanted !== step) setStep(wanted);

  const clocks = useMemo(() => rows.map(({ clock }) => clock), [rows]);
  useFreshness(control.again, null, now);
  useFreshness(again, answer ? soonestChange(clocks, answer.summary.asOf) : null, now);

  const openLead = useCallback(
    (lead: LeadKey) => {
      services.openLead(lead).then(
        (opened) => (opened ? services.close() : setNotOpened(true)),
        () => setNotOpened(true),
      );
    },
    [services],
  );
  usePopupKeys({
    searchRef,
    hasSearch: search !== '',
    onClearSearch: () => setSearch(''),
    onToggleMine: () => setMine((before) => !before),
    onGroup: (name) => setGroup((before) => (before === name ? null : name)),
    onClose: services.close,
  });

  const problems = [...(answer?.summary.problems ?? nothing), ...pageProblems(control.site)];
  return (
    <I18nProvider locale={language()}>
      <main className={styles.popup}>
        <h1>
          <Hidden>{t('popup_title')}</Hidden>
        </h1>
        <Problems problems={problems} now={now} />
        <div className={styles.head}>
          <Figures counts={answer?.summary.counts ?? null} group={group} onGroup={setGroup} />
          <Toolbar search={search} onSearch={setSearch} searchRef={searchRef} mine={mine} onMine={setMine} />
        </div>
        <div className={styles.body} aria-busy={asking}>
          {failed && <Unanswered answer={answer} now={now} onRetry={again} />}
          {notOpened && (
            <p role="alert" className={styles.line}>
              {t('popup_not_opened')}
            </p>
          )}
          {answer && <StatusLine answer={answer} />}
          {answer && rows.length > 0 && <LeadList entries={entries} now={now} onOpen={openLead} />}
          {answer && rows.length === 0 && (
            <Empty
              summary={answer.summary}
              group={answer.choice.group}
              search={answer.choice.search}
              mine={answer.choice.mine}
              next={answer.next}
              now={now}
              onClearSearch={() => setSearch('')}
              onEverybody={() => setMine(false)}
              onEveryGroup={() => setGroup(null)}
            />
          )}
          {!answer && !failed && <Skeleton label={t('popup_loading')} rows={6} />}
        </div>
        <SiteLine
          site={control.site}
          trouble={control.trouble}
          busy={control.busy}
          onTurnOn={control.turnOn}
          onTurnOff={control.turnOff}
          onOptions={services.openOptions}
        />
        <KeyHelp />
      </main>
    </I18nProvider>
  );
}

/** How many there are, and whether all of them are shown. */
function StatusLine({ answer: { summary, choice } }: { readonly answer: SummaryAnswer }) {
  const number = new Intl.NumberFormat(language());
  const shown = summary.rows.length;
  const tooMany = summary.total > shown;
  const guest = choice.mine && !summary.viewerKnown && shown > 0;
  return (
    <output className={tooMany || guest ? styles.line : undefined}>
      {tooMany ? (
        t('popup_too_many', number.format(shown), number.format(summary.total))
      ) : (
        <Hidden>{plural('popup_shown', shown)}</Hidden>
      )}
      {guest && ` ${t('popup_viewer_unknown')}`}
    </output>
  );
}

interface UnansweredProps {
  readonly answer: SummaryAnswer | null;
  readonly now: number;
  readonly onRetry: () => void;
}

function Unanswered({ answer, now, onRetry }: UnansweredProps) {
  if (answer)
    return (
      <div role="alert" className={styles.old}>
        <Unplug size={14} aria-hidden="true" focusable="false" />
        <p>{t('popup_old', formatInstant(answer.summary.asOf, now, language()))}</p>
        <Action kind="quiet" onAction={onRetry}>
          {t('popup_retry')}
        </Action>
      </div>
    );
  return (
    <Notice icon={PlugZap} title={t('popup_failed')} urgent>
      <p>{t('popup_failed_safe')}</p>
      <p>{t('popup_failed_do')}</p>
      <Action onAction={onRetry}>{t('popup_retry')}</Action>
    </Notice>
  );
}
