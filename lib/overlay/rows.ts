/**
 * The rows of a surface and what was read of each: found, read, compared with the last reading, and dropped when the
 * page takes them away. A row node is no identity: frameworks reuse it for another lead, so everything hangs on what a
 * row says now.
 */
import { allMatches, cssOf } from '../crm/read';
import type { CrmAdapter, Page, Reading, RecordRef, Surface } from '../crm/types';
import { leadKey, type FieldName, type LeadFields, type LeadId, type LeadKey, type Observation } from '../lead/lead';
import type { Badge } from './badge';
import { remember } from './remember';
import type { Targets } from './watcher';

export interface Row {
  readonly el: Element;
  ref: RecordRef | null;
  fields: LeadFields;
  missing: readonly (FieldName | 'recordId')[];
  /** The reading in one string: equal strings, equal readings. */
  content: string;
  /** When this content was first seen, epoch ms. */
  seenAt: number;
  lead: LeadKey | null;
  badge: Badge | null;
  /** In or near the viewport. */
  near: boolean;
  /** Room and background must be measured (again). */
  unmeasured: boolean;
}

export function targetsOf(surface: Surface, doc: Document): Targets {
  const roots = surface.root ? allMatches(doc, surface.root) : [];
  return {
    // A root inside another one is watched with it.
    roots: roots.filter((one) => !roots.some((other) => other !== one && other.contains(one))),
    attributes: surface.attributes ?? [],
    shadow: surface.shadow ? cssOf(surface.shadow) : '',
  };
}

export interface Rows {
  /** Elements that are rows, anywhere in the scopes. */
  find(scopes: readonly ParentNode[], surface: Surface): Element[];
  /** The row that a changed node belongs to. */
  around(node: Node, surface: Surface): Element | null;
  /** Rows that an added element is, belongs to or holds. */
  within(el: Element, surface: Surface): Element[];
  /**
   * Reads one row. `changed`: it says something else than before. `anew`: nothing that this list showed until now said
   * this; a row that a virtual list brings back is no such news, one of a list that was loaded again is.
   */
  read(
    el: Element,
    surface: Surface,
    page: Page,
  ): { readonly row: Row; readonly changed: boolean; readonly anew: boolean };
  /** Takes rows that are no longer on the page, or no longer rows (parked by a virtual list), out of the list. */
  drop(surface: Surface): readonly Row[];
  clear(): readonly Row[];
  get(el: Element): Row | undefined;
  of(lead: LeadKey): readonly Row[];
  setLead(row: Row, lead: LeadKey | null): void;
  all(): Iterable<Row>;
}

/** Of the prototype: a form that the page adds may have a field of this name (`holder.ts`). */
const closest = (el: Element, css: string): Element | null => Element.prototype.closest.call(el, css);

const sameReading = (reading: Reading): string =>
  JSON.stringify(reading.ok ? [reading.ref, reading.fields, reading.missing] : reading.missing);

export function createRows(now: () => number): Rows {
  const rows = new Map<Element, Row>();
  const byLead = new Map<LeadKey, Set<Row>>();
  /**
   * First sights by lead. A virtual list takes rows away and brings them back from its memory: that is no newer news. A
   * list whose rows all went is a list loaded again, and its rows are seen anew.
   */
  const sights = new Map<LeadKey, { readonly content: string; readonly at: number }>();

  function setLead(row: Row, lead: LeadKey | null): void {
    if (row.lead === lead) return;
    if (row.lead !== null) {
      const others = byLead.get(row.lead);
      others?.delete(row);
      if (others?.size === 0) byLead.delete(row.lead);
    }
    row.lead = lead;
    if (lead === null) return;
    const peers = byLead.get(lead);
    if (peers) peers.add(row);
    else byLead.set(lead, new Set([row]));
  }

  /** When this content was first seen; `anew`: just now. */
  function sightOf(ref: RecordRef, content: string): { readonly at: number; readonly anew: boolean } {
    const key = `${ref.by}|${ref.value}`;
    const known = sights.get(key);
    if (known?.content === content) return { at: known.at, anew: false };
    const at = now();
    remember(sights, key, { content, at });
    return { at, anew: true };
  }

  return {
    find: (scopes, surface) => {
      const css = cssOf(surface.rows);
      return scopes.flatMap((scope) => {
        const found = [...scope.querySelectorAll(css)];
        return scope instanceof Element && scope.matches(css) ? [scope, ...found] : found;
      });
    },
    around(node, surface) {
      const el = node instanceof Element ? node : node.parentElement;
      return el?.isConnected ? closest(el, cssOf(surface.rows)) : null;
    },
    within(el, surface) {
      if (!el.isConnected) return [];
      const css = cssOf(surface.rows);
      const row = closest(el, css);
      return row ? [row] : [...Element.prototype.querySelectorAll.call(el, css)];
    },
    read(el, surface, page) {
      const reading = surface.read(el, page);
      const content = sameReading(reading);
      let row = rows.get(el);
      const changed = row?.content !== content;
      if (!row) {
        row = {
          el,
          ref: null,
          fields: {},
          missing: [],
          content,
          seenAt: 0,
          lead: null,
          badge: null,
          near: false,
          unmeasured: true,
        };
        rows.set(el, row);
      }
      if (!changed) return { row, changed, anew: false };
      row.content = content;
      row.missing = reading.missing;
      row.ref = reading.ok ? reading.ref : null;
      row.fields = reading.ok ? reading.fields : {};
      const sight = reading.ok ? sightOf(reading.ref, content) : { at: 0, anew: false };
      row.seenAt = sight.at;
      row.unmeasured = true;
      return { row, changed, anew: sight.anew };
    },
    drop(surface) {
      const css = cssOf(surface.rows);
      const gone = [...rows.values()].filter(({ el }) => !el.isConnected || closest(el, css) !== el);
      for (const row of gone) {
        rows.delete(row.el);
        setLead(row, null);
      }
      if (rows.size === 0) sights.clear();
      return gone;
    },
    clear() {
      const all = [...rows.values()];
      for (const row of all) setLead(row, null);
      rows.clear();
      sights.clear();
      return all;
    },
    get: (el) => rows.get(el),
    of: (lead) => [...(byLead.get(lead) ?? [])],
    setLead,
    all: () => rows.values(),
  };
}

/** Makes observations of one page. */
export function observer(adapter: CrmAdapter, page: Page) {
  const idOf = (recordId: string): LeadId => ({
    crm: adapter.id,
    origin: page.url.origin,
    object: page.route.object,
    recordId,
  });
  const observation = (
    source: Observation['source'],
    recordId: string,
    seenAt: number,
    fields: LeadFields,
    missing: readonly FieldName[],
  ): Observation => {
    const url = adapter.recordUrl(page.route.object, recordId, page);
    return { id: idOf(recordId), seenAt, source, surface: page.route.kind, ...(url ? { url } : {}), fields, missing };
  };
  return { keyOf: (recordId: string): LeadKey => leadKey(idOf(recordId)), observation };
}
