/** A lead that is known: who it is, what is promised for it, what was handed over, what can be done, and what was stated. */
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { compareUrgency, formatInstant } from '../../lib/clock';
import { language, t } from '../../lib/platform/i18n';
import type { LiveClock } from '../clock/live';
import { Problems } from '../ui/problems';
import { shownActions, type ShownAction } from './actions';
import { ClockCard, type Shown } from './clock-card';
import { Escalation } from './escalation';
import { FactList } from './fact-list';
import type { FormSetting } from './forms/form-frame';
import { HandOffCard } from './hand-off-card';
import { LeadHead } from './lead-head';
import styles from './panel-app.module.css';
import { QualityFlags } from './quality-flags';
import type { WorkServices } from './services';
import { usePanelKeys, type PlaceKey } from './use-panel-keys';
import { useWork } from './use-work';
import { WorkArea } from './work-area';

export interface LeadPanelProps {
  readonly services: WorkServices;
  readonly shown: Shown;
  readonly live: readonly LiveClock[];
  readonly now: number;
  /** The panel's own element: it takes the focus where the place of an act is gone. */
  readonly root: RefObject<HTMLElement | null>;
  readonly again: () => void;
  readonly placeKeys: readonly PlaceKey[];
}

/** What is open, and where the focus goes when it closes. */
function useOpen(root: RefObject<HTMLElement | null>) {
  const [open, setOpen] = useState<string | null>(null);
  const place = useRef<string | null>(null);
  const back = useCallback(() => {
    setOpen(null);
    const name = place.current;
    place.current = null;
    if (name === null) return;
    const button = root.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(name)}"]`);
    (button ?? root.current)?.focus();
  }, [root]);
  const show = useCallback((name: string, from: string) => {
    place.current = from;
    setOpen(name);
  }, []);
  return { open, show, back };
}

export function LeadPanel({ services, shown, live, now, root, again, placeKeys }: LeadPanelProps) {
  const { lead, work } = shown;
  const { open, show, back } = useOpen(root);
  const working = useWork({ services, lead: lead.key, work, again, onDone: back });
  const { refuse } = working;
  const actions = useMemo(() => shownActions(work, lead.url), [work, lead.url]);

  const toggle = (name: string | null, from: string = name ?? ''): void => {
    refuse(null);
    if (name === null || name === open) back();
    else show(name, from);
  };
  const copy = async (url: string, from: string): Promise<void> => {
    if (!(await working.copy(url))) show('link', from);
  };
  const onAction = ({ name, key, refusal, atOnce }: ShownAction): void => {
    if (working.busy) return;
    if (refusal !== null) {
      back();
      refuse(refusal);
    } else if (name === 'copy') {
      if (lead.url !== undefined) void copy(lead.url, key);
    } else if (atOnce === undefined) toggle(name, key);
    else if (name === 'accept' || name === 'resume') void working.act({ do: name });
  };
  usePanelKeys({
    hasLayer: open !== null,
    onEscape: back,
    onUndo: working.undo,
    onHelp: () => toggle('keys'),
    placeKeys,
    onKey: (key) => {
      const action = actions.find((one) => one.key === key);
      if (action) onAction(action);
      return action !== undefined;
    },
  });
  useFocusKept(root);

  const { busy, slow, trouble } = working;
  const setting: FormSetting = { work, open: shown.open, now, busy, slow, trouble, onCancel: back };
  const mayDismiss = work.offers.some((offer) => offer.do === 'dismiss' && offer.refusal === null);
  return (
    <>
      <div className={styles.head}>
        <LeadHead lead={lead} crmLabel={shown.crmLabel} stage={work.handOff.stage} />
      </div>
      <Problems problems={shown.problems} now={now} />
      {work.escalated && <Escalation escalated={work.escalated} sides={work.parties} now={now} />}
      <Clocks shown={shown} live={live} now={now} />
      <HandOffCard handOff={work.handOff} now={now} />
      <QualityFlags
        flags={work.flags}
        alike={work.alike}
        setting={setting}
        open={open}
        onOpen={toggle}
        {...(mayDismiss ? { onAct: (act) => void working.act(act) } : {})}
      />
      <WorkArea
        working={working}
        setting={setting}
        actions={actions}
        open={open}
        url={lead.url}
        placeKeys={placeKeys}
        onOpen={toggle}
        onAction={onAction}
      />
      <FactList
        facts={work.facts}
        older={work.olderFacts}
        crmLabel={shown.crmLabel}
        speech={{ reasons: work.reasons, sides: work.parties, now }}
      />
      <Foot shown={shown} now={now} />
    </>
  );
}

/** When the button that has the focus goes, as the undo line does by itself, the focus stays in the panel and its keys go on working. */
function useFocusKept(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (document.hasFocus() && document.activeElement === document.body) root.current?.focus();
  });
}

type ClocksProps = Pick<LeadPanelProps, 'shown' | 'live' | 'now'>;

function Clocks({ shown, live, now }: ClocksProps) {
  const entries = useMemo(
    () =>
      shown.clocks
        .map((entry, index) => ({ entry, index }))
        .toSorted((a, b) => compareUrgency(a.entry.clock, b.entry.clock)),
    [shown],
  );
  return (
    <section className={styles.clocks} aria-label={t('panel_clocks')}>
      {entries.length === 0 && <p>{t('panel_no_clocks')}</p>}
      {entries.map(({ entry, index }, place) => (
        <ClockCard
          key={`${entry.clock.commitment}|${entry.clock.subject}|${entry.clock.startAt}`}
          entry={entry}
          live={live[index] ?? { state: entry.clock.state, leftMs: null, left: null }}
          shown={shown}
          now={now}
          startsOpen={place === 0}
        />
      ))}
    </section>
  );
}

function Foot({ shown, now }: Pick<LeadPanelProps, 'shown' | 'now'>) {
  const { agreement, crmLabel, lead } = shown;
  const name = agreement.id === 'built-in' ? t('panel_agreement_built_in') : agreement.id;
  return (
    <footer className={styles.foot}>
      <p>{t('panel_seen', crmLabel, formatInstant(lead.seenAt, now, language()))}</p>
      <p>
        {t('panel_agreement', name, String(agreement.version))}
        {' · '}
        {t(`panel_source_${agreement.source.replaceAll('-', '_')}`)}
      </p>
    </footer>
  );
}
