/**
 * Who is signed in, told once: from the page, or from the CRM's API where the page does not say. A page may draw its rows
 * before it says who looks at them, and in some CRMs somebody else signs in without a new page. The API is asked under the
 * manners of all reads (`politely`), and again later where it did not answer. It comes with the adapter.
 */
import type { Viewer } from '../lead/lead';
import type { CrmAdapter, CrmRequest, Page, Site } from './types';

/** First wait after a question without an answer; it doubles up to the longest. ms. */
const firstWaitMs = 5_000;
const longestWaitMs = 300_000;

export interface ViewerLook {
  /**
   * What tells one sign-in from the next, as far as the page shows it. `null`: nobody is signed in, or the page does not
   * say. It never leaves the tab's memory.
   */
  session(site: Site | null): string | null;
  /** Looks until the page has said it. */
  meet(page: Page): void;
  /** As far as it is known. */
  readonly current: Viewer | null;
  /**
   * Waits for the answer; `null` where there is none now.
   * @param named what the person calls themselves, for a CRM that does not say who is signed in.
   */
  known(site: Site, named?: string): Promise<Viewer | null>;
  /** The page was left: the next one may be another person's. */
  leave(): void;
}

export interface ViewerOptions {
  readonly adapter: CrmAdapter;
  readonly request: CrmRequest;
  readonly politely: <T>(question: () => Promise<T>) => Promise<T | null>;
  /** What an adapter's code returns, or `null` where it fails. */
  readonly guarded: <T>(where: string, work: () => T) => T | null;
  readonly onViewer: (viewer: Viewer) => void;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export function createViewerLook(options: ViewerOptions): ViewerLook {
  const { adapter, guarded, now, onViewer, politely, request, signal } = options;
  const { api } = adapter;
  let met = false;
  let current: Viewer | null = null;
  /** The sign-in for which the API is asked. */
  let signIn: string | null | undefined;
  /** With which name it answered that it does not know. */
  let unknownAs: string | null = null;
  let name = '';
  let asking: Promise<void> | null = null;
  let failures = 0;
  let notBefore = 0;

  const tell = (viewer: Viewer): void => {
    current = viewer;
    onViewer(viewer);
  };

  function sessionOn(site: Site | null): string | null {
    if (!site) return null;
    return guarded('session', () => {
      if (api?.session) return api.session(site);
      const shown = adapter.viewer ? adapter.viewer(site) : {};
      return shown && JSON.stringify(shown);
    });
  }

  function shownOn(site: Site): boolean {
    const shown = guarded('viewer', () => adapter.viewer?.(site) ?? null);
    if (shown) tell(shown);
    return shown !== null;
  }

  function ask(site: Site): Promise<void> {
    if (!api?.viewer) return Promise.resolve();
    const session = sessionOn(site);
    if (session !== signIn) {
      signIn = session;
      current = unknownAs = null;
      failures = notBefore = 0;
    }
    if (!current && unknownAs !== name && now() >= notBefore)
      asking ??= put(site, session, name).finally(() => {
        asking = null;
      });
    return asking ?? Promise.resolve();
  }

  async function put(site: Site, session: string | null, as: string): Promise<void> {
    const answer = await politely(async () => ({ viewer: (await api?.viewer?.(site, request, as)) ?? null }));
    if (signal.aborted || session !== signIn) return;
    if (answer?.viewer) tell(answer.viewer);
    else if (answer) unknownAs = as;
    else notBefore = now() + Math.min(longestWaitMs, firstWaitMs * 2 ** failures++);
  }

  return {
    session: sessionOn,
    get current() {
      return current;
    },
    meet(page) {
      if (met) return;
      met = shownOn(page);
      if (!met) void ask(page);
    },
    async known(site, named = '') {
      name = named;
      if (shownOn(site)) return current;
      await asking;
      await ask(site);
      return current;
    },
    leave() {
      met = false;
    },
  };
}
