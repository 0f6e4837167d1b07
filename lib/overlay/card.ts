/**
 * The card that says more on hover or focus. One for the page, on the page only while it shows. It repeats what the
 * badge's label says to assistive technology, so it is a tooltip and holds nothing to click.
 */
import type { IconNode } from 'lucide';
import type { Theme } from '../platform/tokens';
import type { Badge } from './badge';
import { cardCss } from './card-style';
import { drawIcon } from './draw-icon';
import { layerFor, pinFloating, placeBeside, raise } from './float';
import { isolateEvents } from './isolate';
import { adoptSheet } from './sheet';

export const cardTag = 'relevo-card';

/** A pointer that crosses a column of badges should not make them flicker; the card must be there within 300 ms. */
const openMs = 150;
/** Time to move the pointer from the badge onto the card. */
const closeMs = 150;

export interface CardContent {
  readonly icon: IconNode;
  readonly title: string;
  readonly lines: readonly (readonly [term: string, value: string])[];
}

export interface Card {
  open(badge: Badge, by: 'pointer' | 'focus'): void;
  /** The pointer or the focus left the badge. */
  leave(): void;
  close(): void;
  /** The badge that the card is open for. */
  readonly badge: Badge | null;
  /** Writes the content anew, if it is open. */
  refresh(): void;
}

/**
 * @param content what to say of a badge now; `null` for nothing
 * @param writing runs a change of the page without our own observer hearing it
 */
export function createCard(
  doc: Document,
  content: (badge: Badge) => CardContent | null,
  writing: (change: () => void) => void,
  signal: AbortSignal,
): Card {
  let host: HTMLElement | null = null;
  let box: HTMLElement | null = null;
  let badge: Badge | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: AbortController | null = null;

  function build(): HTMLElement {
    const el = doc.createElement(cardTag);
    pinFloating(el);
    const root = el.attachShadow({ mode: 'open' });
    adoptSheet(root, cardCss);
    box = doc.createElement('div');
    box.setAttribute('role', 'tooltip');
    root.append(box);
    isolateEvents(el);
    el.addEventListener('pointerenter', () => clearTimeout(timer));
    el.addEventListener('pointerleave', leave);
    return el;
  }

  function fill(said: CardContent, theme: Theme): void {
    if (!box) return;
    box.className = `card ${theme}`;
    const head = doc.createElement('div');
    head.className = 'head';
    head.append(drawIcon(doc, said.icon), said.title);
    const list = doc.createElement('dl');
    for (const [term, value] of said.lines)
      for (const [tag, text] of [
        ['dt', term],
        ['dd', value],
      ] as const) {
        const el = doc.createElement(tag);
        el.textContent = text;
        list.append(el);
      }
    box.replaceChildren(head, list);
  }

  function show(next: Badge): void {
    const said = next.host.isConnected ? content(next) : null;
    if (!said) return;
    close();
    badge = next;
    host ??= build();
    const el = host;
    writing(() => {
      fill(said, next.look?.theme ?? 'light');
      layerFor(next.host).append(el);
      raise(el);
    });
    const rect = el.getBoundingClientRect();
    placeBeside(el, next.host, rect.width, rect.height);
    shown = new AbortController();
    const options = { capture: true, passive: true, signal: shown.signal };
    doc.defaultView?.addEventListener('scroll', close, options);
    doc.defaultView?.addEventListener('resize', close, options);
    doc.addEventListener('keydown', (event) => event.key === 'Escape' && close(), options);
  }

  function leave(): void {
    clearTimeout(timer);
    timer = setTimeout(close, closeMs);
  }

  function close(): void {
    clearTimeout(timer);
    shown?.abort();
    shown = null;
    badge = null;
    const el = host;
    if (el?.isConnected) writing(() => el.remove());
  }

  signal.addEventListener('abort', close);
  return {
    open(next, by) {
      clearTimeout(timer);
      if (signal.aborted || badge === next) return;
      if (by === 'focus') show(next);
      else timer = setTimeout(() => show(next), openMs);
    },
    leave,
    close,
    get badge() {
      return badge;
    },
    refresh() {
      const said = badge && content(badge);
      if (said) fill(said, badge?.look?.theme ?? 'light');
    },
  };
}
