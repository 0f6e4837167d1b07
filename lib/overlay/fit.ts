/**
 * How a badge lies in its row. It never lies over the CRM's text, moves no column and wraps no toolbar: it lies over free
 * room behind the name where there is some, shrinks where there is little, hangs before a record's title where there is
 * room there alone, and only where there is none does it take its icon's width. It is centred on the name's line, and no
 * higher than what its cell shows there. Reads layout and writes nothing: call it for all badges before writing any.
 */
import type { Fit } from './badge';
import { holderOf } from './holder';
import { boxes, gap, type Form } from './style';

/** Elements looked at on the way from the badge to its cell. */
const levels = 6;
/** Kept free at the end of the cell, px. */
const margin = 2;
/** What is higher holds more than the one line of the name, and its edges are far from it, px. */
const oneLineAtMost = 40;
/** A lower badge can't be read; rather its edge is cut off, px. */
const lowest = 14;
/** A name further off is on another line, and moved there the badge might lie over text, px. */
const farthest = 20;

const cellSelector = 'td,th,[role=gridcell],[role=cell]';

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What a badge's room is looked for in. */
interface Scene {
  /** Outermost element that ends the room: the badge's cell, or its row. */
  readonly last: Element;
  readonly rtl: boolean;
}

const middleOf = ({ top, bottom }: Box): number => (top + bottom) / 2;
const styleOf = (el: Element): CSSStyleDeclaration | undefined => el.ownerDocument.defaultView?.getComputedStyle(el);
const clips = (overflow = ''): boolean => overflow !== '' && overflow !== 'visible';

/** The last line of the nearest sibling before the badge that shows anything, without its padding. */
function nameBefore(host: Element): { readonly node: Node; readonly line: Box } | null {
  const range = host.ownerDocument.createRange();
  for (let node = host.previousSibling; node; node = node.previousSibling) {
    range.selectNodeContents(node);
    const shown = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    const last = shown.at(-1);
    if (!last) continue;
    let { top, bottom, left, right } = last;
    for (const box of shown) {
      const shared = Math.min(box.bottom, last.bottom) - Math.max(box.top, last.top);
      if (shared <= Math.min(box.height, last.height) / 2) continue;
      [top, bottom] = [Math.min(top, box.top), Math.max(bottom, box.bottom)];
      [left, right] = [Math.min(left, box.left), Math.max(right, box.right)];
    }
    return { node, line: { top, bottom, left, right } };
  }
  return null;
}

/**
 * Room in px along a line, from where the badge or the name begins on it to what follows (`end`) or comes before (`start`),
 * and whether something cuts it off.
 * @param from its siblings on that side, and those of what holds it, end the room
 * @param taken what the badge takes of the line already, px
 */
function roomFrom(from: Node, line: Box, side: 'start' | 'end', { last, rtl }: Scene, taken = 0) {
  const [rightwards, sibling] = [(side === 'end') !== rtl, side === 'end' ? 'nextSibling' : 'previousSibling'] as const;
  const origin = rtl ? line.right : line.left;
  const until = (box: Box, edge: 'near' | 'far'): number => {
    const x = (edge === 'near') === rightwards ? box.left : box.right;
    return rightwards ? x - origin : origin - x;
  };
  let [room, cut] = [Infinity, false];
  let at: Node = from;
  for (let level = 0; level < levels && at !== last; level += 1) {
    for (let next = at[sibling]; next; next = next[sibling]) {
      if (next.nodeType === Node.TEXT_NODE && (next as Text).data.trim() !== '') room = Math.min(room, 0);
      if (next.nodeType !== Node.ELEMENT_NODE) continue;
      const box = (next as Element).getBoundingClientRect();
      const sameLine = box.width > 0 && box.top < line.bottom - 4 && box.bottom > line.top + 4;
      if (sameLine) room = Math.min(room, until(box, 'near') - taken - gap);
    }
    const holder: Element | null = at.parentElement;
    if (!holder) break;
    at = holder;
    const clipped = clips(styleOf(holder)?.overflowX);
    if (!clipped && holder !== last) continue;
    const left = until(holder.getBoundingClientRect(), 'far') - margin;
    if (clipped && left < boxes.compact.width) cut = true;
    room = Math.min(room, left);
  }
  return { room, cut };
}

/** Height that can be seen around a place on the badge's line, px. */
function heightAt(middle: number, host: Element, last: Element): number {
  let half = Infinity;
  for (let at: Element | null = host.parentElement; at; at = at === last ? null : holderOf(at)) {
    if (!clips(styleOf(at)?.overflowY)) continue;
    const { top, bottom } = at.getBoundingClientRect();
    if (bottom - top <= oneLineAtMost) half = Math.min(half, middle - top, bottom - middle);
  }
  // A hundredth of a pixel is the browser's rounding.
  return Math.max(lowest, Math.floor(2 * half + 0.1));
}

/** To a tenth: finer differences are the browser's rounding, and no reason to write. */
const rounded = (px: number): number => Math.round(px * 10) / 10 || 0;

/**
 * @param full the form that this surface shows where there is room
 * @param current how the badge lies now
 */
export function fitBadge(host: HTMLElement, row: Element, full: Exclude<Form, 'compact'>, current: Fit): Fit {
  // From the start it can't be seen whether the end has room again; a new reading of the row puts it back there.
  if (current.advance === 'start') return current;
  const cell = host.closest(cellSelector);
  const last = cell && row.contains(cell) ? cell : row;
  const scene: Scene = { last, rtl: styleOf(host.parentElement ?? host)?.direction === 'rtl' };
  const shown = host.getBoundingClientRect();
  const box: Box = {
    top: shown.top - current.top,
    bottom: shown.bottom - current.top,
    left: shown.left - current.left,
    right: shown.right - current.left,
  };
  const found = nameBefore(host);
  const name = found && Math.abs(middleOf(found.line) - middleOf(box)) <= farthest ? found : null;
  const middle = middleOf(name?.line ?? box);
  const height = heightAt(middle, host, last);
  const fit = (form: Form, advance: Fit['advance'], left = 0): Fit => ({
    form,
    advance,
    height: Math.min(height, boxes[form].height),
    top: rounded(middle - middleOf(box)),
    left: rounded(left),
  });

  const { top, bottom } = name?.line ?? box;
  const taken = current.advance === 'none' ? 0 : boxes[current.form].width + gap;
  const behind = roomFrom(host, { ...box, top, bottom }, 'end', scene, taken);
  const forms = full === 'record' ? (['record', 'full', 'compact'] as const) : (['full', 'compact'] as const);
  const form = forms.find((one) => behind.room >= boxes[one].width);
  if (form) return fit(form, 'none');
  if (full === 'record' && name) {
    const needed = boxes.compact.width + gap;
    const before = roomFrom(name.node, name.line, 'start', scene);
    if (before.room >= needed)
      return fit(
        'compact',
        'none',
        scene.rtl ? name.line.right + needed - box.right : name.line.left - needed - box.left,
      );
  }
  return fit('compact', behind.cut ? 'start' : 'own');
}
