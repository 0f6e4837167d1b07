/**
 * The structure of a page for a report that a person may send to a stranger: tags, attribute names, and which of the
 * adapter's selectors match. No text, no attribute's value, no address: everything that is written stands in our own
 * selector table, or is a name that HTML authors gave to a kind of thing. It reads, and changes nothing.
 */
import { allMatches, cssOf } from './read';
import type { CrmAdapter, DatedSelector } from './types';

export interface Outline {
  /** An element a line, indented by depth. */
  readonly lines: readonly string[];
  readonly truncated: boolean;
  /** Matches of each selector, by its name; those with a blank for a name are left out. */
  readonly matches: Readonly<Record<string, number>>;
}

/** Deeper and wider than the rows of any CRM that we know. */
const depthAtMost = 12;
const elementsAtMost = 400;
/** Rows that are drawn in full: more say nothing new. */
const rowsAtMost = 2;
const attributesAtMost = 30;

/** Names that a program gave. A run of digits may be somebody's number, and a long one anything. */
const plainName = /^[a-z][a-z_:-]*(?:\d{1,2}[a-z_:-]+){0,2}\d{0,2}$/u;
const nameLength = 40;
const nameOf = (name: string): string => (name.length <= nameLength && plainName.test(name) ? name : '?');

/** A selector of ours, ready to be asked; those with a blank for a name can't be. */
interface Named {
  readonly name: string;
  readonly css: string;
}

function askable(selectors: CrmAdapter['selectors']): Named[] {
  return Object.entries(selectors).flatMap(([name, list]: readonly [string, readonly DatedSelector[]]) => {
    const css = cssOf(list);
    return css.includes('{}') ? [] : [{ name, css }];
  });
}

/** What an adapter wrote in its own selectors as `[name="value"]`: these values, and no others, may be shown. */
function ownValues(selectors: CrmAdapter['selectors']): ReadonlySet<string> {
  const css = Object.values(selectors)
    .flatMap((list) => list.map((one) => one.css))
    .join(',');
  return new Set(
    [...css.matchAll(/\[([\w-]+)=["']?([^\]"'{}]+)["']?\]/gu)].map(([, name, value]) => `${name}=${value}`),
  );
}

function describe(el: Element, named: readonly Named[], values: ReadonlySet<string>): string {
  const attributes = [...el.attributes].slice(0, attributesAtMost).map(({ name, value }) => {
    const own = value.length <= 100 ? `${name}=${value}` : '';
    return values.has(own) ? own : nameOf(name);
  });
  const matched = named.filter(({ css }) => el.matches(css)).map(({ name }) => `«${name}»`);
  return [nameOf(el.localName), ...(attributes.length > 0 ? [`[${attributes.join(' ')}]`] : []), ...matched].join(' ');
}

const isOurs = (el: Element): boolean => el.localName.startsWith('relevo-');

/** Outline of what stands around the first rows of this page, or of the whole page where there are none. */
export function outlinePage(adapter: CrmAdapter, doc: Document, url: URL): Outline {
  const named = askable(adapter.selectors);
  const values = ownValues(adapter.selectors);
  const lines: string[] = [];
  let truncated = false;

  function write(el: Element, depth: number): boolean {
    if (isOurs(el)) return false;
    if (lines.length >= elementsAtMost || depth > depthAtMost) {
      truncated = true;
      return false;
    }
    lines.push(`${'  '.repeat(depth)}${describe(el, named, values)}`);
    return true;
  }

  function walk(el: Element, depth: number): void {
    if (!write(el, depth)) return;
    for (const child of [...(el.shadowRoot?.children ?? []), ...el.children]) {
      if (lines.length >= elementsAtMost) {
        truncated = true;
        return;
      }
      walk(child, depth + 1);
    }
  }

  const route = adapter.route(url, doc);
  const surface = route ? adapter.surfaces[route.kind] : undefined;
  const rows = surface ? allMatches(doc, surface.rows).slice(0, rowsAtMost) : [];
  const [first] = rows;
  if (!first) walk(doc.body, 0);
  else {
    // The way down to the rows, then the rows themselves: an indent of its own, for the way may be deep.
    const way: Element[] = [];
    for (let el = first.parentElement; el && way.length < depthAtMost; el = el.parentElement) way.unshift(el);
    way.forEach((el, depth) => write(el, depth));
    for (const row of rows) walk(row, 0);
  }
  const matches = named.map(({ name, css }) => [name, doc.querySelectorAll(css).length] as const);
  return { lines, truncated, matches: Object.fromEntries(matches) };
}
