/**
 * A page of the extension's own in an iframe: in a closed shadow root, so the CRM's page can neither read it, click it,
 * nor see its token. Extension addresses pass a page's `frame-src`. Where it stands and when it goes is its owner's.
 */
import type { PanelSignal } from '../messages/panel';
import type { Theme } from '../platform/tokens';
import { pinFloating } from './float';
import { isolateEvents, pin } from './isolate';

export interface FrameOptions {
  readonly doc: Document;
  readonly tag: string;
  readonly src: string;
  readonly title: string;
  readonly theme: Theme;
  /** Puts the host onto the page. */
  readonly put: (host: HTMLElement) => void;
  readonly onSignal: (signal: PanelSignal) => void;
  /** Runs a change of the page without our own observer hearing it. */
  readonly writing: (change: () => void) => void;
  /** Takes it off the page. */
  readonly signal: AbortSignal;
}

export interface Framed {
  readonly host: HTMLElement;
  readonly frame: HTMLIFrameElement;
}

const signals: readonly unknown[] = ['close', 'acted', 'undone'] satisfies PanelSignal['relevo'][];

function isSignal(data: unknown): data is PanelSignal {
  if (typeof data !== 'object' || data === null || !('relevo' in data)) return false;
  if (data.relevo === 'height') return 'px' in data && Number.isFinite(data.px) && Number(data.px) > 0;
  return signals.includes(data.relevo);
}

export function mountFrame({ doc, theme, put, onSignal, writing, signal, ...of }: FrameOptions): Framed {
  const host = doc.createElement(of.tag);
  pinFloating(host);
  // oxlint-disable-next-line react/iframe-missing-sandbox -- our own page in our own origin: it needs both scripts and its origin
  const frame = doc.createElement('iframe');
  frame.title = of.title;
  frame.src = of.src;
  pin(frame, {
    all: 'initial',
    display: 'block',
    width: '100%',
    height: '100%',
    border: '0',
    'border-radius': '10px',
    'color-scheme': theme,
    background: theme === 'dark' ? '#14191e' : '#fff',
    // The line is the edge where a page is as dark as the frame and no shadow shows.
    'box-shadow': '0 0 0 1px rgb(128 136 144 / .35), 0 8px 32px rgb(0 0 0 / .28)',
  });
  host.attachShadow({ mode: 'closed' }).append(frame);
  isolateEvents(host);
  writing(() => put(host));
  signal.addEventListener('abort', () => writing(() => host.remove()));
  doc.defaultView?.addEventListener(
    'message',
    (event: MessageEvent<unknown>) => {
      if (event.source !== frame.contentWindow || event.source === null || !isSignal(event.data)) return;
      event.stopImmediatePropagation();
      onSignal(event.data);
    },
    { signal, capture: true },
  );
  return { host, frame };
}
