/**
 * Who is signed in, told once: from the page, or from the CRM's API where the page does not say. A page may draw its rows
 * before it says who looks at them, and in some CRMs somebody else signs in without a new page.
 */
import type { CrmAdapter, CrmRequest, Page } from '../crm/types';
import type { Viewer } from '../lead/lead';
import { guarded, logOnce } from './log';

/**
 * What tells one sign-in from the next, as far as the page shows it. `null`: nobody is signed in, or the page does not
 * say. It never leaves the tab's memory.
 */
export function sessionOn(adapter: CrmAdapter, page: Page | null): string | null {
  if (!page) return null;
  return guarded('session', () => {
    if (adapter.api?.session) return adapter.api.session(page);
    const viewer = adapter.viewer ? adapter.viewer(page) : {};
    return viewer && JSON.stringify(viewer);
  });
}

export interface ViewerLook {
  /** Looks until the page has said it. */
  meet(page: Page): void;
  /** As far as it is known. */
  readonly current: Viewer | null;
  /** The page was left: the next one may be another person's. */
  leave(): void;
}

export function createViewerLook(
  adapter: CrmAdapter,
  request: CrmRequest,
  onViewer: (viewer: Viewer) => void,
  signal: AbortSignal,
): ViewerLook {
  let met = false;
  let current: Viewer | null = null;
  const tell = (viewer: Viewer): void => {
    current = viewer;
    onViewer(viewer);
  };
  /** The sign-in for which the API was asked. */
  let asked: string | null | undefined;

  return {
    get current() {
      return current;
    },
    meet(page) {
      if (met) return;
      const shown = guarded('viewer', () => adapter.viewer?.(page) ?? null);
      if (shown) {
        met = true;
        return tell(shown);
      }
      const session = adapter.api?.viewer ? sessionOn(adapter, page) : undefined;
      if (session === asked) return;
      asked = session;
      adapter.api?.viewer?.(page, request).then(
        (viewer) => viewer && !signal.aborted && tell(viewer),
        (error: unknown) => signal.aborted || logOnce('viewer', error),
      );
    },
    leave() {
      met = false;
    },
  };
}
