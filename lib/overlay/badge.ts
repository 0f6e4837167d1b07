/**
 * One badge: an unregistered element (`customElements` is null in Chromium's content scripts) with an open shadow root,
 * which stays empty until the badge is first shown: a root that came later would lay out the whole table again. It knows nothing of clocks: it shows a face, and writes only what
 * differs from the last one. Tests and user styles rely on the host's `data-lead`, `data-state` and `data-due`.
 */
import type { IconNode } from 'lucide';
import type { ClockState } from '../clock/types';
import type { LeadKey } from '../lead/lead';
import type { Theme } from '../platform/tokens';
import { drawIcon } from './draw-icon';
import { selectedIcon, signIcons, stateIcons } from './icons';
import { isolateEvents, pin } from './isolate';
import { adoptSheet } from './sheet';
import { signsOf, type Signed } from './signs';
import { badgeCss, boxes, gap, type Form } from './style';

export const badgeTag = 'relevo-badge';

/** What the host says of its lead; cheap, so kept up to date for badges that nobody sees, too. */
export interface Mark extends Signed {
  readonly lead: LeadKey;
  readonly state: ClockState;
  /** Epoch ms. */
  readonly due: number | null;
  /** For an act on several leads. */
  readonly selected: boolean;
}

/** How a badge lies in its row. */
export interface Fit {
  readonly form: Form;
  /**
   * `none`: it lies over free room and the line does not know of it. `own`: it takes its width. `start`: it takes its
   * width before the name, because what comes after the name is cut off.
   */
  readonly advance: 'none' | 'own' | 'start';
  /** At most its form's, px; less in a low cell. */
  readonly height: number;
  /** Moved by so much from where the line puts it, px; nothing else moves. */
  readonly top: number;
  readonly left: number;
}

/** How a badge lies before anything is measured: it must not move the page that it is measured on. */
export const firstFit = (form: Form): Fit => ({ form, advance: 'none', height: boxes[form].height, top: 0, left: 0 });

const sameFit = (one: Fit, other: Fit): boolean =>
  one.form === other.form &&
  one.advance === other.advance &&
  one.height === other.height &&
  one.top === other.top &&
  one.left === other.left;

const sameMark = (one: Mark, other: Mark): boolean =>
  one.lead === other.lead &&
  one.state === other.state &&
  one.due === other.due &&
  one.marks === other.marks &&
  one.selected === other.selected &&
  one.outdated === other.outdated;

export interface Look extends Fit {
  readonly theme: Theme;
  /** Comfortable leads without fill. */
  readonly quiet: boolean;
}

export interface Badge {
  readonly host: HTMLElement;
  readonly mark: Mark;
  /** Whether something is drawn inside. */
  readonly built: boolean;
  readonly look: Look | null;
  setMark(mark: Mark): void;
  /** Neither shows nor says anything, and keeps its room. The next mark is said, and the next text is shown, again. */
  hide(): void;
  setLook(look: Look): void;
  /** Time left, and the due instant for a record. Draws the inside at the first call. */
  setText(time: string, due: string): void;
  /** For assistive technology; changes with the state and when the badge is reached, never with each second. */
  setLabel(label: string): void;
  focus(): void;
}

/** What a person says at a badge, beside opening it. */
export type BadgeCommand = 'select' | 'bar' | 'clear';

/** Keys that count while the badge has the focus, and nowhere else: the CRM has its own. */
const commands: Readonly<Record<string, BadgeCommand>> = { x: 'select', b: 'bar', Escape: 'clear' };

export interface BadgeEvents {
  open(badge: Badge): void;
  command(badge: Badge, command: BadgeCommand): void;
  /** The pointer or the focus came. */
  reach(badge: Badge, by: 'pointer' | 'focus'): void;
  leave(badge: Badge): void;
}

/**
 * Room in px. The negative margins above and below keep the line, so the row, at its height; the one at the end makes
 * the badge as wide as nothing where it lies over free room, so a column never moves.
 */
function pinBox(host: HTMLElement, { form, advance, height, top, left }: Fit): void {
  const { width } = boxes[form];
  const overhang = `${-(height / 2 - 4)}px`;
  pin(host, {
    width: `${width}px`,
    height: `${height}px`,
    // Not an inset: that would lay out the whole table again for each badge that is moved by a pixel.
    translate: `${left}px ${top}px`,
    'margin-block': overhang,
    'margin-inline': advance === 'start' ? `0 ${gap}px` : `${gap}px ${advance === 'none' ? -(width + gap) : 0}px`,
  });
}

const hostStyle: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'inline-block',
  position: 'relative',
  flex: 'none',
  'box-sizing': 'border-box',
  'vertical-align': 'middle',
  'align-self': 'center',
  contain: 'strict',
  'max-width': '100%',
};

interface Inside {
  readonly button: HTMLButtonElement;
  readonly icon: SVGSVGElement;
  readonly signs: HTMLElement;
  readonly time: Text;
  readonly due: Text;
}

export function createBadge(doc: Document, first: Mark, fit: Fit, events: BadgeEvents): Badge {
  const host = doc.createElement(badgeTag);
  let mark = first;
  let look: Look | null = null;
  let inside: Inside | null = null;
  let drawn: IconNode | null = null;
  let signed = '';
  let hidden = false;

  const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
  pin(host, hostStyle);
  pinBox(host, fit);
  writeMark();

  function writeMark(): void {
    host.dataset['lead'] = mark.lead;
    host.dataset['state'] = mark.state;
    const { due, marks, selected, outdated } = mark;
    note('due', due === null ? undefined : new Date(due).toISOString());
    note('flag', marks.flag);
    note('verdict', marks.verdict);
    note('selected', selected ? '' : undefined);
    note('outdated', outdated ? '' : undefined);
  }

  function note(name: string, value: string | undefined): void {
    if (value === undefined) delete host.dataset[name];
    else host.dataset[name] = value;
  }

  function build(): Inside {
    const button = doc.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-haspopup', 'dialog');
    button.setAttribute('aria-keyshortcuts', 'x');
    const icon = drawIcon(doc, stateIcons[mark.state]);
    const [time, due] = ['time', 'due'].map((name) => {
      const span = doc.createElement('span');
      span.className = name;
      return span.appendChild(doc.createTextNode(''));
    }) as [Text, Text];
    const signs = doc.createElement('span');
    signs.className = 'signs';
    button.append(icon, time.parentNode as Node, due.parentNode as Node, signs);
    adoptSheet(root, badgeCss);
    root.append(button);
    listen(button);
    return { button, icon, signs, time, due };
  }

  function listen(button: HTMLButtonElement): void {
    isolateEvents(host);
    button.addEventListener('click', (event) => {
      // A badge may lie inside a link of the CRM.
      event.preventDefault();
      if (event.shiftKey || event.ctrlKey || event.metaKey) events.command(badge, 'select');
      else events.open(badge);
    });
    // By hand: a CRM whose grid takes Enter in a capturing listener would otherwise swallow the click that follows it.
    button.addEventListener('keydown', (event) => {
      const command = commands[event.key];
      if ((event.key !== 'Enter' && !command) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      // A dialog of the CRM that the badge lies in may close, too.
      if (command !== 'clear') event.preventDefault();
      if (command) events.command(badge, command);
      else events.open(badge);
    });
    host.addEventListener('dragstart', (event) => event.preventDefault());
    host.addEventListener('pointerenter', (event) => {
      if (event.pointerType !== 'touch') events.reach(badge, 'pointer');
    });
    host.addEventListener('pointerleave', () => events.leave(badge));
    button.addEventListener('focus', () => events.reach(badge, 'focus'));
    button.addEventListener('blur', () => events.leave(badge));
  }

  function draw(): void {
    if (!inside || !look) return;
    const { state, selected } = mark;
    const signs = signsOf(mark);
    const said = signs.join(' ');
    const names = [
      look.theme,
      state,
      look.form,
      look.quiet ? 'quiet' : 'loud',
      said || 'plain',
      signs.length > 1 ? 'two' : '',
      selected ? 'selected' : '',
    ].join(' ');
    if (inside.button.className !== names) inside.button.className = names;
    const icon = selected ? selectedIcon : stateIcons[state];
    if (drawn !== icon) {
      drawn = icon;
      drawIcon(doc, icon, inside.icon);
    }
    if (signed !== said) {
      signed = said;
      inside.signs.replaceChildren(...signs.map((sign) => drawIcon(doc, signIcons[sign])));
    }
  }

  const badge: Badge = {
    host,
    get mark() {
      return mark;
    },
    get built() {
      return inside !== null;
    },
    get look() {
      return look;
    },
    setMark(next) {
      if (!hidden && sameMark(next, mark)) return;
      mark = next;
      writeMark();
      draw();
    },
    hide() {
      hidden = true;
      pin(host, { visibility: 'hidden' });
      for (const name of ['lead', 'state', 'due', 'flag', 'verdict', 'selected', 'outdated']) delete host.dataset[name];
    },
    setLook(next) {
      const sameBox = look !== null && sameFit(look, next);
      if (sameBox && look?.theme === next.theme && look.quiet === next.quiet) return;
      if (!sameBox) pinBox(host, next);
      look = next;
      draw();
    },
    setText(time, due) {
      inside ??= build();
      draw();
      if (inside.time.data !== time) inside.time.data = time;
      if (inside.due.data !== due) inside.due.data = due;
      if (!hidden) return;
      hidden = false;
      pin(host, { visibility: 'visible' });
    },
    setLabel(label) {
      if (inside && inside.button.getAttribute('aria-label') !== label) inside.button.setAttribute('aria-label', label);
    },
    focus() {
      inside?.button.focus({ preventScroll: true });
    },
  };
  return badge;
}
