/**
 * Where in the CRM the page is: its route and the surface that this route has. It only compares; what a change of route
 * means for rows, badges and requests is the engine's.
 *
 *   on a route ──another route, or none──▶ left (told, with all of the old page still there) ──▶ on the next, or idle
 */
import type { CrmAdapter, Page, Route, SiteDates, Surface } from '../crm/types';
import { guarded } from './log';

export interface Whereabouts {
  /** `null` where no leads are. */
  readonly page: Page | null;
  readonly surface: Surface | null;
  /** Compares the route with the last one. `true` if it changed; then `onLeave` has been called. */
  follow(): boolean;
  /** Whether the address says that the next `follow` will find another route. Cheap while the address is the same. */
  moved(): boolean;
}

export interface WhereaboutsOptions {
  readonly adapter: CrmAdapter;
  readonly doc: Document;
  /** The page's address now. */
  readonly url: () => URL;
  readonly dates?: (() => SiteDates) | undefined;
  readonly now: () => number;
  /** The old page is left for this route. */
  readonly onLeave: (to: Route | null) => void;
}

const textOf = (route: Route | null): string =>
  route ? JSON.stringify([route.kind, route.object, route.recordId]) : '';

export function createWhereabouts({ adapter, doc, url, dates, now, onLeave }: WhereaboutsOptions): Whereabouts {
  let page: Page | null = null;
  let surface: Surface | null = null;
  let last = '';

  const routeAt = (address: URL): Route | null => guarded('route', () => adapter.route(address, doc));

  return {
    get page() {
      return page;
    },
    get surface() {
      return surface;
    },
    follow() {
      const address = url();
      const route = routeAt(address);
      const text = textOf(route);
      if (text === last) {
        // Same surface, other address (a filter, a tab): the next sweep reads with it.
        if (page && page.url.href !== address.href) page = { ...page, url: address };
        return false;
      }
      onLeave(route);
      last = text;
      page = route ? { doc, url: address, route, now, ...(dates && { dates }) } : null;
      surface = route ? (adapter.surfaces[route.kind] ?? null) : null;
      return true;
    },
    moved() {
      const address = url();
      return address.href !== page?.url.href && textOf(routeAt(address)) !== last;
    },
  };
}
