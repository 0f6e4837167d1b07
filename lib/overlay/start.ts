/**
 * Waits until one adapter recognises the page, then starts its overlay. A CRM often draws itself after its page has
 * loaded, or after somebody signs in. Until then nothing is observed: an extension on a site that it does not know
 * costs nothing.
 */
import { logOnce } from './log';
import { watchRoute } from './route';

/** Looks after the page has loaded, ms: slow starts, then a person who signs in; later a route change tells. */
const looks = [500, 1_500, 4_000, 10_000, 30_000, 60_000] as const;

export interface WaitOptions {
  readonly doc: Document;
  /** Id of the adapter that recognises the page. */
  readonly recognise: () => string | null;
  readonly onFound: (adapterId: string) => void;
  /** Told once, after the first look that found nothing. */
  readonly onNone: () => void;
  readonly signal: AbortSignal;
}

export function whenRecognised({ doc, recognise, onFound, onNone, signal }: WaitOptions): void {
  const search = new AbortController();
  const lifetime = AbortSignal.any([signal, search.signal]);
  const timers: ReturnType<typeof setTimeout>[] = [];
  lifetime.addEventListener('abort', () => timers.forEach(clearTimeout));

  function look(): boolean {
    if (lifetime.aborted) return true;
    let adapter: string | null = null;
    try {
      adapter = recognise();
    } catch (error) {
      logOnce('recognise', error);
    }
    if (!adapter) return false;
    search.abort();
    onFound(adapter);
    return true;
  }

  if (signal.aborted || look()) return;
  onNone();
  for (const delay of looks) timers.push(setTimeout(look, delay));
  const view = doc.defaultView;
  if (view) watchRoute(view, look, lifetime);
}
