/**
 * One badge: an unregistered element (`customElements` is null in Chromium's content scripts) with an open shadow root,
 * which is built only when the badge is first shown. It knows nothing of clocks: it shows a face, and writes only what
 * differs from the last one. Tests and user styles rely on the host's `data-lead`, `data-state` and `data-due`.
 */
import type { ClockState } from '../clock/types';
import type { LeadKey } from '../lead/lead';
import type { Theme } from '../platform/tokens';
import { drawIcon, stateIcons } from './icons';
import { isolateEvents, pin } from './isolate';
import { adoptSheet } from './sheet';
import { badgeCss, boxes, gap, type Form } from './style';

export const badgeTag = 'relevo-badge';

/** What the host says of its lead; cheap, so kept up to date for badges that nobody sees, too. */
export interface Mark {
  readonly lead: LeadKey;
  readonly state: ClockState;
  /** Epoch ms. */
  readonly due: number | null;
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

export interface BadgeEvents {
  open(badge: Badge): void;
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
  readonly time: Text;
  readonly due: Text;
}

export function createBadge(doc: Document, first: Mark, fit: Fit, events: BadgeEvents): Badge {
  const host = doc.createElement(badgeTag);
  let mark = first;
  let look: Look | null = null;
  let inside: Inside | null = null;
  let drawn: ClockState | null = null;
  let hidden = false;

  pin(host, hostStyle);
  pinBox(host, fit);
  writeMark();

  function writeMark(): void {
    host.dataset['lead'] = mark.lead;
    host.dataset['state'] = mark.state;
    if (mark.due === null) delete host.dataset['due'];
    else host.dataset['due'] = new Date(mark.due).toISOString();
  }

  function build(): Inside {
    const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
    const button = doc.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-haspopup', 'dialog');
    const icon = drawIcon(doc, stateIcons[mark.state]);
    const [time, due] = ['time', 'due'].map((name) => {
      const span = doc.createElement('span');
      span.className = name;
      return span.appendChild(doc.createTextNode(''));
    }) as [Text, Text];
    button.append(icon, time.parentNode as Node, due.parentNode as Node);
    adoptSheet(root, badgeCss);
    root.append(button);
    listen(button);
    return { button, icon, time, due };
  }

  function listen(button: HTMLButtonElement): void {
    isolateEvents(host);
    button.addEventListener('click', (event) => {
      // A badge may lie inside a link of the CRM.
      event.preventDefault();
      events.open(badge);
    });
    // By hand: a CRM whose grid takes Enter in a capturing listener would otherwise swallow the click that follows it.
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.repeat) return;
      event.preventDefault();
      events.open(badge);
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
    const names = [look.theme, mark.state, look.form, look.quiet ? 'quiet' : 'loud'].join(' ');
    if (inside.button.className !== names) inside.button.className = names;
    if (drawn !== mark.state) {
      drawn = mark.state;
      drawIcon(doc, stateIcons[mark.state], inside.icon);
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
      if (!hidden && next.lead === mark.lead && next.state === mark.state && next.due === mark.due) return;
      mark = next;
      writeMark();
      draw();
    },
    hide() {
      hidden = true;
      pin(host, { visibility: 'hidden' });
      for (const name of ['lead', 'state', 'due']) delete host.dataset[name];
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
