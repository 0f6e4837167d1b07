/**
 * The popup: what is overdue, what is next, one key to the lead. Draws its frame at once and fills it when the worker
 * answers; what was shown last stays while a newer answer is on its way or fails to come.
 */
import { PlugZap, Unplug } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import type { OpenHours } from '../../lib/messages/observing';
import type { Problem } from '../../lib/messages/problems';
import type { SiteState } from '../../lib/messages/sites';
import type { Summary, SummaryGroup } from '../../lib/messages/summary';
import { language, plural, t } from '../../lib/platform/i18n';
import { liveClock, soonestChange, stepFor } from '../clock/live';
import { useNow, type Step } from '../clock/use-now';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { Notice } from '../ui/notice';
import { Problems } from '../ui/problems';
import { Skeleton } from '../ui/skeleton';
import { useFreshness } from '../use-answer';
import { useSidebar } from '../use-sidebar';
import { Empty } from './empty';
import { Figures } from './figures';
import { KeyHelp } from './key-help';
import { LeadList } from './lead-list';
import { NextLead } from './next-lead';
import styles from './popup-app.module.css';
import { PolicyLine } from './policy-line';
import { Queue } from './queue';
import type { FocusedRow } from './rows';
import type { PopupServices } from './services';
import { SiteLine } from './site-line';
import { SnoozeBar } from './snooze-bar';
import { Toolbar } from './toolbar';
import { UnreadLine } from './unread-line';
import { firstWake, hasAny, useBeside } from './use-beside';
import { useOpening } from './use-opening';
import { usePopupKeys } from './use-popup-keys';
import { useSelection } from './use-selection';
import { useSite } from './use-site';
import { useSnooze } from './use-snooze';
import { useSummary, type SummaryAnswer } from './use-summary';

const nothing: readonly never[] = [];
const noHours: OpenHours = {};

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
  const [help, setHelp] = useState(false);
  const [step, setStep] = useState<Step>('minute');
  const searchRef = useRef<HTMLInputElement>(null);

  const { answer, failed, asking, again } = useSummary(services, { mine, group, search });
  const control = useSite(services);
  const now = useNow(services.now, step);

  const rows = answer?.summary.rows ?? nothing;
  const beside = useBeside(answer);
  const open = answer?.summary.open ?? noHours;
  const entries = useMemo(() => rows.map((row) => ({ row, live: liveClock(row.clock, open, now) })), [rows, open, now]);
  const wanted = stepFor(entries.map(({ live }) => live));
  if (wanted !== step) setStep(wanted);

  const clocks = useMemo(() => [...rows, ...beside.next].map(({ clock }) => clock), [rows, beside]);
  useFreshness(control.again, null, now);
  useFreshness(again, answer ? nextChange(answer.summary, clocks) : null, now);

  const { trouble, openLead, openNext } = useOpening(services);
  const sidebar = useSidebar(services.openSidebar, services.close);
  const awake = useMemo(() => [...rows, ...beside.waiting, ...beside.next], [rows, beside]);
  const selection = useSelection(useMemo(() => awake.map(({ lead }) => lead), [awake]));
  const { clear } = selection;
  const snoozed = useCallback(() => {
    clear();
    again();
  }, [clear, again]);
  const snooze = useSnooze(services, snoozed);
  const onSnooze = (row: FocusedRow | null): void => {
    if (selection.leads.length > 0) snooze.choose(selection.leads);
    else if (row?.silent) snooze.wake([row.lead]);
    else if (row) snooze.choose([row.lead]);
  };
  usePopupKeys({
    searchRef,
    hasMenu: snooze.menu !== null,
    onEscape: () => {
      if (snooze.menu !== null) snooze.cancel();
      else if (selection.on) clear();
      else if (search !== '') setSearch('');
      else services.close();
    },
    onToggleMine: () => setMine((before) => !before),
    onGroup: (name) => setGroup((before) => (before === name ? null : name)),
    onNext: openNext,
    onSidebar: sidebar.open,
    onUndo: () => snooze.undo && snooze.wake(snooze.undo),
    onHelp: () => setHelp((before) => !before),
    onSnooze,
    onSelect: (row) => (row && !row.silent ? selection.toggle(row.lead) : selection.start()),
    onExtend: (both) => selection.add(both.flatMap(({ lead, silent }) => (silent ? [] : [lead]))),
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
          <Toolbar search={search} onSearch={setSearch} searchRef={searchRef} mine={mine} onMine={setMine}>
            <NextLead
              selecting={selection.on}
              onSelecting={(on) => (on ? selection.start() : clear())}
              onNext={openNext}
            />
          </Toolbar>
        </div>
        <div className={styles.body} aria-busy={asking}>
          {failed && <Unanswered answer={answer} now={now} onRetry={again} />}
          {trouble !== null && (
            <p role="alert" className={styles.line}>
              {t(`popup_${trouble}`)}
            </p>
          )}
          {answer && <StatusLine answer={answer} />}
          {answer && rows.length > 0 && (
            <LeadList entries={entries} now={now} selection={selection} onOpen={openLead} />
          )}
          {answer && rows.length === 0 && !(answer.choice.search !== '' && hasAny(beside)) && (
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
          {answer && (
            <Queue beside={beside} open={open} now={now} selection={selection} onOpen={openLead} onWake={snooze.wake} />
          )}
          {!answer && !failed && <Skeleton label={t('popup_loading')} rows={6} />}
        </div>
        <SnoozeBar
          selection={selection}
          control={snooze}
          nameOf={(lead: LeadKey) => awake.find((row) => row.lead === lead)?.name ?? null}
          open={open}
          now={now}
        />
        {/* Asked again once the site below is switched on: it may be one of them. */}
        <PolicyLine key={control.site?.kind} services={services} isReady={answer !== null} />
        <UnreadLine services={services} isReady={answer !== null} now={now} />
        <SiteLine
          site={control.site}
          trouble={control.trouble}
          busy={control.busy}
          onTurnOn={control.turnOn}
          onTurnOff={control.turnOff}
          onSidebar={sidebar.open}
          sidebarFailed={sidebar.failed}
          onOptions={services.openOptions}
          onTimes={services.openTimes}
          onReport={services.openReport}
        />
        <KeyHelp open={help} onOpen={setHelp} />
      </main>
    </I18nProvider>
  );
}

/** When the answer is out of date: the next change of a clock, or the end of a snooze. */
function nextChange(summary: Summary, clocks: Parameters<typeof soonestChange>[0]): number | null {
  const changes = [soonestChange(clocks, summary.asOf), firstWake(summary)].filter((at) => at !== null);
  return changes.length === 0 ? null : Math.min(...changes);
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
