/**
 * Which leads of this page are selected for one act on all of them, and the bar at the bottom of the window that does it.
 * The bar is a page of ours in a frame: it asks the worker itself which leads its token stands for, so nothing of what is
 * selected is said to it here. It lies over the CRM's content and under its dialogs, and no lead is ever chosen by a
 * checkbox of the CRM: that means something else there.
 *
 *   nothing ──first lead──▶ asking ──token──▶ bar ──another lead, one less──▶ leads of the token replaced, bar looks again
 *      ▲                                       │ acted: nothing is selected, the bar says how it went and offers undo;
 *      │                                       │ the next lead that is selected gets a new bar
 *      └─ close signal · Escape · none left ───┘
 */
import type { LeadKey } from '../lead/lead';
import { leadsAtOnce } from '../messages/acts';
import type { BarSignal } from '../messages/panel';
import type { Badge, BadgeCommand } from './badge';
import { mountFrame, type Framed } from './frame';
import { pin } from './isolate';
import { logOnce } from './log';

export const barTag = 'relevo-bar';

/** Over what a CRM pins to its window, under its dialogs: frameworks give these 1,000 and more. */
const layer = '900';

export interface Bar {
  command(badge: Badge, command: BadgeCommand): void;
  selected(lead: LeadKey): boolean;
  /** Nothing is selected any more. */
  clear(): void;
}

export interface BarOptions {
  readonly doc: Document;
  readonly url: string;
  readonly title: () => string;
  readonly token: (leads: readonly LeadKey[], token: string | undefined) => Promise<{ readonly token: string }>;
  readonly writing: (change: () => void) => void;
  /** The badge that shows this lead now. */
  readonly badgeOf: (lead: LeadKey) => Badge | null;
  /** Whether these leads are selected has changed. */
  readonly onSelect: (leads: readonly LeadKey[]) => void;
  /** Something was done with these leads. */
  readonly onActed: (leads: readonly LeadKey[]) => void;
  readonly signal: AbortSignal;
}

export function createBar(options: BarOptions): Bar {
  const { doc, writing, onSelect } = options;
  const selected = new Set<LeadKey>();
  let last: LeadKey | null = null;
  let acted: readonly LeadKey[] = [];
  let lifetime: AbortController | null = null;
  let mounted: Framed | null = null;
  let token: string | undefined;
  let asking = false;
  let changed = false;
  let focusSoon = false;

  /** Tells the worker which leads are selected, one message after the other, and the bar that they are others. */
  async function tell(): Promise<void> {
    changed = true;
    if (asking) return;
    asking = true;
    while (changed) {
      changed = false;
      const mine = (lifetime ??= new AbortController()).signal;
      try {
        const reply = await options.token([...selected], token);
        if (mine.aborted) continue;
        if (mounted && token === reply.token)
          mounted.frame.contentWindow?.postMessage({ relevo: 'look' } satisfies BarSignal, '*');
        else {
          mounted?.host.remove();
          mount(reply.token, mine);
        }
        token = reply.token;
      } catch (error) {
        logOnce('bar', error);
      }
    }
    asking = false;
  }

  function mount(first: string, signal: AbortSignal): void {
    mounted = mountFrame({
      doc,
      tag: barTag,
      src: `${options.url}#${first}`,
      title: options.title(),
      theme: (last && options.badgeOf(last)?.look?.theme) || 'light',
      put(host) {
        // Nothing can be seen of it until it says how high it is.
        pin(host, {
          width: 'min(600px,100% - 24px)',
          height: '0',
          'max-height': 'calc(100% - 24px)',
          inset: 'auto 0 12px',
          margin: '0 auto',
          'z-index': layer,
        });
        doc.body.append(host);
      },
      onSignal(said) {
        if (said.relevo === 'height') {
          if (mounted) pin(mounted.host, { height: `${said.px}px` });
        } else if (said.relevo === 'close') close(true);
        else {
          if (said.relevo === 'acted') {
            acted = [...selected];
            selected.clear();
            // What is selected next gets a bar of its own: this one's leads must stay its own while it offers undo.
            token = undefined;
            onSelect(acted);
          }
          options.onActed(acted);
        }
      },
      writing,
      signal,
    });
    const { frame } = mounted;
    frame.addEventListener('load', () => focusSoon && frame.focus());
  }

  function close(giveBackFocus: boolean): void {
    const leads = [...selected];
    const hadFocus = mounted !== null && doc.activeElement === mounted.host;
    selected.clear();
    lifetime?.abort();
    lifetime = mounted = null;
    token = undefined;
    focusSoon = false;
    onSelect(leads);
    if (giveBackFocus && hadFocus && last !== null) options.badgeOf(last)?.focus();
  }

  options.signal.addEventListener('abort', () => close(false));
  return {
    command(badge, command) {
      if (command === 'clear') return close(false);
      if (command === 'bar') {
        focusSoon = true;
        // After the key's own event: inside of it, Firefox leaves the focus at the badge.
        setTimeout(() => mounted?.frame.focus());
        return;
      }
      const { lead } = badge.mark;
      last = lead;
      if (!selected.delete(lead)) {
        if (selected.size >= leadsAtOnce) return;
        selected.add(lead);
      }
      onSelect([lead]);
      if (selected.size > 0) void tell();
      else close(false);
    },
    selected: (lead) => selected.has(lead),
    clear: () => close(false),
  };
}
