/** Puts an element of ours above the page and beside a badge: in the top layer, where no table cuts it off. */
import { pin } from './isolate';

/** Space between a badge and what floats beside it, and to the window's edges, px. */
const space = 6;

/** Elements outside an open modal dialog of the page are inert, so ours must stand inside it. */
export function layerFor(anchor: Element): Element {
  return anchor.closest('dialog[open]') ?? anchor.ownerDocument.body;
}

export function pinFloating(host: HTMLElement): void {
  pin(host, {
    all: 'initial',
    display: 'block',
    position: 'fixed',
    inset: 'auto',
    margin: '0',
    padding: '0',
    border: '0',
    background: 'none',
    overflow: 'visible',
    'z-index': '2147483647',
  });
}

export function raise(host: HTMLElement): void {
  if (typeof host.showPopover !== 'function') return;
  host.setAttribute('popover', 'manual');
  host.showPopover();
}

/** Below the anchor, or above it where there is more room, and always inside the window. */
export function placeBeside(host: HTMLElement, anchor: Element, width: number, height: number): void {
  const view = anchor.ownerDocument.defaultView;
  if (!view) return;
  const box = anchor.getBoundingClientRect();
  const below = view.innerHeight - box.bottom - space;
  const above = box.top - space;
  const top = height <= below - space || below >= above ? box.bottom + space : box.top - space - height;
  const clamp = (value: number, size: number, all: number): number =>
    Math.round(Math.max(space, Math.min(value, all - size - space)));
  pin(host, {
    left: `${clamp(box.left, width, view.innerWidth)}px`,
    top: `${clamp(top, height, view.innerHeight)}px`,
  });
}
