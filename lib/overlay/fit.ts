/**
 * How much room a row has for its badge. The badge never lies over the CRM's text and never moves a column: it lies
 * over free room beside the name where there is some, shrinks to its icon where there is little, and only where there
 * is none does it take the icon's width. Reads layout and writes nothing: call it for all badges before writing any.
 */
import { boxes, gap, type Form } from './style';
import type { Fit } from './badge';

/** Elements looked at on the way from the badge to its cell. */
const levels = 6;
/** Kept free at the end of the cell, px. */
const margin = 2;

const cellSelector = 'td,th,[role=gridcell],[role=cell]';

/** Room in px from the badge's start edge, and whether something cuts it off. `taken`: what the badge takes of it already. */
function roomAt(host: HTMLElement, row: Element, taken: number): { room: number; cut: boolean } {
  const view = host.ownerDocument.defaultView;
  const box = host.getBoundingClientRect();
  const rtl = view?.getComputedStyle(host.parentElement ?? host).direction === 'rtl';
  /** Distance from the badge's start edge to an edge of another box, along the line. */
  const until = (rect: DOMRect, edge: 'start' | 'end'): number =>
    rtl ? box.right - (edge === 'end' ? rect.left : rect.right) : (edge === 'end' ? rect.right : rect.left) - box.left;
  const cell = host.closest(cellSelector);
  const last = cell && row.contains(cell) ? cell : row;
  let room = Infinity;
  let cut = false;
  let at: Element = host;
  for (let level = 0; level < levels && at !== last; level += 1) {
    for (let next = at.nextSibling; next; next = next.nextSibling) {
      if (next.nodeType === Node.TEXT_NODE && (next as Text).data.trim() !== '') room = Math.min(room, 0);
      if (next.nodeType !== Node.ELEMENT_NODE) continue;
      const rect = (next as Element).getBoundingClientRect();
      const sameLine = rect.width > 0 && rect.top < box.bottom - 4 && rect.bottom > box.top + 4;
      if (sameLine) room = Math.min(room, until(rect, 'start') - taken - gap);
    }
    const parent: Element | null = at.parentElement;
    if (!parent) break;
    at = parent;
    const style = view?.getComputedStyle(at);
    const clips = style !== undefined && style.overflowX !== 'visible' && style.overflowX !== '';
    if (clips || at === last) {
      const left = until(at.getBoundingClientRect(), 'end') - margin;
      if (clips && left < boxes.compact.width) cut = true;
      room = Math.min(room, left);
    }
  }
  return { room, cut };
}

/**
 * @param full the form that this surface shows where there is room
 * @param current how the badge lies now
 */
export function fitBadge(host: HTMLElement, row: Element, full: Exclude<Form, 'compact'>, current: Fit): Fit {
  if (full === 'record') return { form: 'record', advance: 'own' };
  // From the start it can't be seen whether the end has room again; a new reading of the row puts it back there.
  if (current.advance === 'start') return current;
  const { room, cut } = roomAt(host, row, current.advance !== 'none' ? boxes[current.form].width + gap : 0);
  if (room >= boxes.full.width) return { form: 'full', advance: 'none' };
  if (room >= boxes.compact.width) return { form: 'compact', advance: 'none' };
  return { form: 'compact', advance: cut ? 'start' : 'own' };
}
