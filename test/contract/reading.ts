/** What an adapter says of a whole page, as the expectations write it down. No Node and no test runner: runs in a browser, too. */
import { allMatches, cssOf } from '../../lib/crm/read';
import type { CrmAdapter, Page, Placement, Reading, Route, SiteDates, Surface } from '../../lib/crm/types';
import type { Viewer } from '../../lib/lead/lead';
import { targetsOf } from '../../lib/overlay/rows';
import { shadowRootsUnder } from '../../lib/overlay/watcher';

export type ExpectedRow = Omit<Extract<Reading, { ok: true }>, 'ok'> | Extract<Reading, { ok: false }>;

/** `<fixture>.expected.json`. Rows in document order. */
export interface Expected {
  readonly url: string;
  readonly route: Route | null;
  readonly viewer: Viewer | null;
  readonly rows: readonly ExpectedRow[];
}

export interface ReadRow {
  readonly el: Element;
  readonly reading: Reading;
}

export interface ReadPage {
  readonly page: Page;
  readonly surface: Surface;
  readonly rows: readonly ReadRow[];
}

/** When the saved pages are read: shown dates that count from now do so from here. */
export const readAt = Date.UTC(2026, 10, 23, 12);

/** Rows of a page with their readings; `null` where the adapter has no route or no surface for it. */
export function readRows(
  adapter: CrmAdapter,
  doc: Document,
  url: URL,
  instead?: Surface,
  dates?: SiteDates,
): ReadPage | null {
  const route = adapter.route(url, doc);
  const surface = route ? (instead ?? adapter.surfaces[route.kind]) : undefined;
  if (!route || !surface) return null;
  const page: Page = { doc, url, route, now: () => readAt, ...(dates && { dates: () => dates }) };
  // As the overlay does: under the roots that it watches, and in the shadow roots whose hosts a surface names.
  const { roots, shadow } = targetsOf(surface, doc);
  const bases: readonly ParentNode[] = roots.length > 0 ? roots : [doc];
  const scopes = [...bases, ...bases.flatMap((base) => shadowRootsUnder(base, shadow))];
  const css = cssOf(surface.rows);
  const rows = scopes.flatMap((scope) => {
    const found = allMatches(scope, surface.rows);
    // A root may be the row itself.
    if ('matches' in scope && (scope as Element).matches(css)) found.unshift(scope as Element);
    return found;
  });
  return { page, surface, rows: rows.map((el) => ({ el, reading: surface.read(el, page) })) };
}

/** The reading of a page in the form of an expectation. */
export function readPage(adapter: CrmAdapter, doc: Document, url: URL): Expected {
  const read = readRows(adapter, doc, url);
  return {
    url: url.href,
    route: adapter.route(url, doc),
    viewer: adapter.viewer?.({ doc, url }) ?? null,
    rows: (read?.rows ?? []).map(({ reading }) => asExpected(reading)),
  };
}

export function asExpected(reading: Reading): ExpectedRow {
  if (!reading.ok) return { ok: false, missing: reading.missing };
  const { ref, fields, missing } = reading;
  return { ref, fields, missing };
}

/** Where the badges of a page go, one for each row that says which record it is. */
export function placements(read: ReadPage): (Placement | null)[] {
  return read.rows.flatMap(({ el, reading }) => (reading.ok ? [read.surface.place(el, read.page)] : []));
}

/** Puts a badge at each place; gives back what takes them away again. */
export function putBadges(doc: Document, places: readonly (Placement | null)[]): () => void {
  const badges = places.flatMap((place) => {
    if (!place) return [];
    const badge = doc.createElement('relevo-badge');
    // The real one keeps its words in a shadow root; words in the open are the harder test of the reading.
    badge.textContent = '1:05';
    place.parent.insertBefore(badge, place.before);
    return [badge];
  });
  return () => badges.forEach((badge) => badge.remove());
}
