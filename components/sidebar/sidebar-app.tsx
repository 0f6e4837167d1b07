/**
 * The lead on hand beside the page: what the panel of its badge shows, in the browser's own place, and always of the tab in
 * front. It never goes on showing a lead of which nobody says that it is still on hand.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { t } from '../../lib/platform/i18n';
import type { FrontTab } from '../../lib/platform/sidebar';
import { leadName } from '../panel/lead-head';
import { LeadPanel } from '../panel/lead-panel';
import { Refusal } from '../panel/refusal';
import { useLead } from '../panel/use-lead';
import type { PlaceKey } from '../panel/use-panel-keys';
import { Hidden } from '../ui/hidden';
import { Skeleton } from '../ui/skeleton';
import { NoLead } from './no-lead';
import type { SidebarServices } from './services';
import styles from './sidebar-app.module.css';

interface Look extends FrontTab {
  /** Counts what may be another page in the same tab. */
  readonly turn: number;
}

/** The tab in front; `null` until it is known. */
function useFrontTab(onTab: SidebarServices['onTab']): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  useEffect(() => onTab((tab) => setLook((before) => tab && { ...tab, turn: (before?.turn ?? 0) + 1 })), [onTab]);
  return look;
}

export function SidebarApp({ services }: { readonly services: SidebarServices }) {
  const tab = useFrontTab(services.onTab);
  return (
    <main className={styles.sidebar}>
      {tab !== null && (
        // Another tab starts with nothing: what the one before shows is not on hand here.
        <TabLead key={tab.tabId} services={services} tab={tab} />
      )}
    </main>
  );
}

/** Until it is known whether a lead is still on hand, no key acts on it. */
function useNoKeys(isMoving: boolean): void {
  useEffect(() => {
    if (!isMoving) return undefined;
    const swallow = (event: KeyboardEvent): void => event.stopImmediatePropagation();
    // Before the keys of the lead, which listen at the document.
    window.addEventListener('keydown', swallow, { capture: true });
    return () => window.removeEventListener('keydown', swallow, { capture: true });
  }, [isMoving]);
}

interface TabLeadProps {
  readonly services: SidebarServices;
  readonly tab: Look;
}

function TabLead({ services, tab }: TabLeadProps) {
  const root = useRef<HTMLDivElement>(null);
  const { tabId, turn, loading } = tab;
  const [answeredTurn, setAnsweredTurn] = useState(turn);
  // What may be another page is another question.
  const ask = useCallback(
    () => services.lead(tabId).finally(() => setAnsweredTurn((before) => Math.max(before, turn))),
    [services, tabId, turn],
  );
  const { answer, failed, again, shown, live, now } = useLead(ask, services);
  // What stands half-written stays, for it may be the same page; it soon does not show.
  const isMoving = !failed && answeredTurn !== turn;
  useNoKeys(isMoving);

  const placeKeys: readonly PlaceKey[] = [{ key: 'Esc', words: t('sidebar_key_back') }];
  // Without an answer nobody says that the lead is still on hand.
  const lead = failed ? null : shown;
  const refused = failed || answer?.ok !== false ? null : answer;
  // A page that is still on its way is no CRM yet.
  const isComing = !failed && (answer === null || (loading && refused?.reason === 'no-crm'));
  return (
    <div ref={root} tabIndex={-1} aria-busy={isMoving} className={styles.lead}>
      {lead === null && (
        <h1>
          <Hidden>{t('sidebar_title')}</Hidden>
        </h1>
      )}
      <output>
        <Hidden>{lead && t('panel_of', leadName(lead.lead))}</Hidden>
      </output>
      {failed && <Refusal reason="no-answer" onRetry={again} />}
      {isComing && <Skeleton label={t('panel_loading')} rows={4} />}
      {refused && !isComing && <NoLead refused={refused} services={services} onRetry={again} />}
      {lead && (
        <LeadPanel
          // Another lead starts with nothing open and nothing to undo.
          key={lead.lead.key}
          services={services}
          shown={lead}
          live={live}
          now={now}
          root={root}
          again={again}
          placeKeys={placeKeys}
        />
      )}
    </div>
  );
}
