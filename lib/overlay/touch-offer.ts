/**
 * Who clicks a telephone number or a mail address of a lead is asked whether that was a touch. Asked: a call that nobody
 * answered is the person's to judge, so nothing is ever logged by itself. The CRM's own click is only listened to, and the
 * question, a page of ours in a frame, never takes the focus; it comes after the link in the order of the Tab key.
 */
import type { Channel } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { Badge } from './badge';
import { placeBeside, raise } from './float';
import { mountFrame } from './frame';
import { pin } from './isolate';
import { logOnce } from './log';

export const offerTag = 'relevo-offer';

/** One lead is not asked about more often than this, ms. */
const againMs = 300_000;
const width = 300;

export interface OfferOptions {
  readonly doc: Document;
  readonly url: string;
  readonly title: () => string;
  readonly token: (lead: LeadKey) => Promise<{ readonly token: string }>;
  /** The lead that this place of the page is about. */
  readonly leadAt: (path: readonly EventTarget[]) => LeadKey | null;
  readonly badgeOf: (lead: LeadKey) => Badge | null;
  readonly onActed: (lead: LeadKey) => void;
  readonly writing: (change: () => void) => void;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface TouchOffer {
  close(): void;
}

export function createTouchOffer(options: OfferOptions): TouchOffer {
  const { doc, now } = options;
  const asked = new Map<LeadKey, number>();
  let lifetime: AbortController | null = null;

  function close(): void {
    lifetime?.abort();
    lifetime = null;
  }

  async function ask(lead: LeadKey, link: Element, channel: Channel): Promise<void> {
    close();
    const { signal } = (lifetime = new AbortController());
    const { token } = await options.token(lead);
    if (signal.aborted || !link.isConnected) return;
    const { host } = mountFrame({
      doc,
      tag: offerTag,
      src: `${options.url}#${token}:${channel}`,
      title: options.title(),
      theme: options.badgeOf(lead)?.look?.theme ?? 'light',
      put(el) {
        // Nothing can be seen of it until it says how high it is.
        pin(el, { width: `${width}px`, height: '0' });
        link.after(el);
        raise(el);
      },
      onSignal(said) {
        if (said.relevo === 'height') {
          pin(host, { height: `${said.px}px` });
          placeBeside(host, link, width, said.px);
        } else if (said.relevo === 'close') {
          const hadFocus = (link.getRootNode() as Document | ShadowRoot).activeElement === host;
          close();
          if (hadFocus) (link as HTMLElement).focus();
        } else options.onActed(lead);
      },
      writing: options.writing,
      signal,
    });
  }

  doc.defaultView?.addEventListener(
    'click',
    (event) => {
      const path = event.composedPath();
      const link = path.find((at) => at instanceof Element && at.matches('a[href^="tel:" i],a[href^="mailto:" i]'));
      const lead = link && options.leadAt(path);
      if (!lead || now() - (asked.get(lead) ?? -Infinity) < againMs) return;
      asked.set(lead, now());
      const address = (link as Element).getAttribute('href') ?? '';
      const channel = /^tel/i.test(address) ? 'call' : 'email';
      ask(lead, link as Element, channel).catch((error: unknown) => logOnce('offer', error));
    },
    { capture: true, passive: true, signal: options.signal },
  );
  options.signal.addEventListener('abort', close);
  return { close };
}
