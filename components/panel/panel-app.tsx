/**
 * The lead panel: one lead, all its clocks with the reason for every deadline, and what a person can do. A page of its own
 * in a frame beside the badge: it tells the page around it only that it wants to close, how high it is, and that something
 * was done.
 */
import { PanelRight, X } from 'lucide-react';
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { I18nProvider } from 'react-aria-components';
import { formatInstant } from '../../lib/clock';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Skeleton } from '../ui/skeleton';
import { sidebarKey, useSidebar } from '../use-sidebar';
import { Erased } from './erased';
import { leadName } from './lead-head';
import { LeadPanel } from './lead-panel';
import styles from './panel-app.module.css';
import { Refusal } from './refusal';
import type { PanelServices } from './services';
import { useLead } from './use-lead';
import type { PlaceKey } from './use-panel-keys';

/** @param isWaiting what stands there goes in a moment: the frame keeps its height until then, or it would close and open again. */
function useHeightSignal(
  root: RefObject<HTMLElement | null>,
  signal: PanelServices['signal'],
  isWaiting: boolean,
): void {
  useEffect(() => {
    const element = root.current;
    if (!element || isWaiting) return undefined;
    let last = 0;
    const observer = new ResizeObserver(() => {
      const px = Math.ceil(element.getBoundingClientRect().height);
      if (px === last) return;
      last = px;
      signal({ relevo: 'height', px });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, signal, isWaiting]);
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [close]);
}

const noAnswer = { reason: 'no-answer' } as const;

export function PanelApp({ services }: { readonly services: PanelServices }) {
  const root = useRef<HTMLDivElement>(null);
  const ask = useCallback(() => services.panel(), [services]);
  const { answer, failed, again, shown, live, now } = useLead(ask, services);
  const close = useCallback(() => services.signal({ relevo: 'close' }), [services]);
  const sidebar = useSidebar(services.openSidebar, close);
  const placeKeys: readonly PlaceKey[] = [
    ...(sidebar.open ? [{ key: sidebarKey, words: t('sidebar_open'), onPress: sidebar.open }] : []),
    { key: 'Esc', words: t('panel_close') },
  ];
  useHeightSignal(root, services.signal, !answer && !failed);
  useEscape(close);
  useEffect(() => root.current?.focus(), []);

  const refused = answer?.ok === false ? answer : failed && !answer ? noAnswer : null;
  return (
    <I18nProvider locale={language()}>
      <main>
        {/* Not <dialog>: that element may not take the focus itself, and this is a page, not a layer of one. */}
        <div
          ref={root}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="dialog"
          aria-label={shown ? t('panel_of', leadName(shown.lead)) : t('panel_title')}
          tabIndex={-1}
          className={styles.panel}
        >
          <button
            type="button"
            className={styles.close}
            aria-label={t('panel_close')}
            title={t('panel_close')}
            onClick={close}
          >
            <X size={16} aria-hidden="true" focusable="false" />
          </button>
          {sidebar.open && (
            <button
              type="button"
              className={styles.beside}
              aria-label={t('sidebar_open')}
              aria-keyshortcuts={sidebarKey}
              title={t('sidebar_open')}
              onClick={sidebar.open}
            >
              <PanelRight size={16} aria-hidden="true" focusable="false" />
            </button>
          )}
          {sidebar.failed && (
            <p role="alert" className={styles.old}>
              {t('sidebar_not_opened')}
            </p>
          )}
          {refused?.reason === 'erased' && <Erased lead={refused.lead} services={services} />}
          {refused && refused.reason !== 'erased' && <Refusal reason={refused.reason} onRetry={again} />}
          {!answer && !failed && <Skeleton label={t('panel_loading')} rows={4} />}
          {shown && failed && (
            <div role="alert" className={styles.old}>
              <p>{t('panel_old', formatInstant(shown.asOf, now, language()))}</p>
              <Action kind="quiet" onAction={again}>
                {t('panel_retry')}
              </Action>
            </div>
          )}
          {shown && (
            <LeadPanel
              // Another lead starts with nothing open and nothing to undo.
              key={shown.lead.key}
              services={services}
              shown={shown}
              live={live}
              now={now}
              root={root}
              again={again}
              placeKeys={placeKeys}
            />
          )}
        </div>
      </main>
    </I18nProvider>
  );
}
