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

/**
 * Under or over the anchor, or at its side, where it covers nothing of the row; always inside the window.
 * @param side what is tall stands at the side from the start, so that it does not jump when it grows
 */
export function placeBeside(host: HTMLElement, anchor: Element, width: number, height: number, side = false): void {
  const view = anchor.ownerDocument.defaultView;
  if (!view) return;
  const box = anchor.getBoundingClientRect();
  const clamp = (value: number, size: number, all: number): number =>
    Math.round(Math.max(space, Math.min(value, all - size - space)));
  const under = box.bottom + space;
  const over = box.top - space - height;
  const right = box.right + space;
  const left = box.left - space - width;
  const fitsUnder = under + height + space <= view.innerHeight;
  const fitsRight = right + width + space <= view.innerWidth;
  const x = side ? (fitsRight || left < space ? right : left) : box.left;
  const y = side ? box.top : fitsUnder || over < space ? under : over;
  pin(host, { left: `${clamp(x, width, view.innerWidth)}px`, top: `${clamp(y, height, view.innerHeight)}px` });
}
