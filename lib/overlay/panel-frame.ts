/**
 * The lead panel beside its badge, in a frame that the CRM's page can't look into. One panel at a time.
 *
 *   closed ──open(badge)──▶ asking ──token──▶ open ──Escape · close signal · click outside · badge gone──▶ closed
 */
import type { LeadKey } from '../lead/lead';
import type { Badge } from './badge';
import { layerFor, placeBeside, raise } from './float';
import { mountFrame } from './frame';
import { pin } from './isolate';
import { logOnce } from './log';

export const panelTag = 'relevo-panel';

const width = 400;
/** Until the panel says how high it is, px. */
const firstHeight = 480;
/** Free above and below, px. */
const edge = 12;

export interface PanelFrame {
  open(badge: Badge): void;
  close(): void;
  /** The badge whose panel is open. */
  readonly badge: Badge | null;
}

export interface PanelOptions {
  readonly doc: Document;
  readonly url: string;
  readonly title: () => string;
  readonly token: (lead: LeadKey) => Promise<{ readonly token: string }>;
  /** Runs a change of the page without our own observer hearing it. */
  readonly writing: (change: () => void) => void;
  /** The badge may have been replaced while the panel was open: the one that shows this lead now. */
  readonly badgeOf: (lead: LeadKey) => Badge | null;
  /** Something was done with this lead. */
  readonly onActed: (lead: LeadKey) => void;
  readonly signal: AbortSignal;
}

export function createPanelFrame(options: PanelOptions): PanelFrame {
  const { doc, writing } = options;
  const view = doc.defaultView;
  /** The next one is most likely as high as the last. */
  let lastHeight = firstHeight;
  let current: { badge: Badge; lead: LeadKey; lifetime: AbortController } | null = null;

  async function open(badge: Badge): Promise<void> {
    const again = current?.badge === badge;
    close(again);
    if (again || options.signal.aborted) return;
    const lifetime = new AbortController();
    const { lead } = badge.mark;
    current = { badge, lead, lifetime };
    try {
      const { token } = await options.token(lead);
      if (!lifetime.signal.aborted) mount(badge, token, lifetime.signal);
    } catch (error) {
      logOnce('panel', error);
      if (!lifetime.signal.aborted) close(false);
    }
  }

  function mount(badge: Badge, token: string, signal: AbortSignal): void {
    const { host, frame } = mountFrame({
      doc,
      tag: panelTag,
      src: `${options.url}#${token}`,
      title: options.title(),
      theme: badge.look?.theme ?? 'light',
      put(el) {
        layerFor(badge.host).append(el);
        raise(el);
      },
      onSignal(said) {
        if (said.relevo === 'close') close(true);
        else if (said.relevo === 'height') {
          lastHeight = wanted = said.px;
          place();
        } else options.onActed(badge.mark.lead);
      },
      writing,
      signal,
    });
    let wanted = lastHeight;
    const place = (): void => {
      if (!view) return;
      const wide = Math.min(width, view.innerWidth - 2 * edge);
      const high = Math.min(wanted, view.innerHeight - 2 * edge);
      pin(host, { width: `${wide}px`, height: `${high}px` });
      placeBeside(host, badge.host, wide, high, true);
    };
    place();
    frame.addEventListener('load', () => frame.focus(), { once: true });
    view?.addEventListener('resize', place, { signal });
    view?.addEventListener(
      'pointerdown',
      (event) => {
        const path = event.composedPath();
        if (!path.includes(host) && !path.includes(badge.host)) close(true);
      },
      { signal, capture: true },
    );
    view?.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        // Only ours closes: a dialog of the CRM behind it stays.
        event.preventDefault();
        event.stopImmediatePropagation();
        close(true);
      },
      { signal, capture: true },
    );
  }

  function close(giveBackFocus: boolean): void {
    const was = current;
    current = null;
    if (!was) return;
    was.lifetime.abort();
    if (giveBackFocus) (was.badge.host.isConnected ? was.badge : options.badgeOf(was.lead))?.focus();
  }

  options.signal.addEventListener('abort', () => close(false));
  return {
    open: (badge) => void open(badge),
    close: () => close(false),
    get badge() {
      return current?.badge ?? null;
    },
  };
}
