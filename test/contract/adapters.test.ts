/**
 * What every adapter keeps, on every saved page. One file walks registry × fixtures, so that no adapter, surface,
 * selector or page can be half-added.
 */
import * as fc from 'fast-check';
import { GlobalWindow, type Window } from 'happy-dom';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { defaultStatuses } from '../../lib/agreement/default';
import { catalogue, crmLabel } from '../../lib/crm/catalogue';
import { firstMatch } from '../../lib/crm/read';
import { covers } from '../../lib/crm/match-pattern';
import { detectors, recognise } from '../../lib/crm/detectors';
import { clocksRun, evidenceOf } from '../../lib/crm/evidences';
import { adapters } from '../../lib/crm/registry';
import { repairSelectors } from '../../lib/crm/repair';
import { createSelectorLook } from '../../lib/crm/selector-look';
import { exactPrecision } from '../../lib/lead/evidence';
import type { ReadInstant } from '../../lib/lead/lead';
import type { CrmAdapter, DatedSelector, Surface } from '../../lib/crm/types';
import { fixtureAdapters, listFixtures, type Fixture } from './fixtures';
import { placements, putBadges, readPage, readRows } from './reading';
import { routeKinds } from './route-kinds';

const fixtures = listFixtures();
const adapterOf = (fixture: Fixture): CrmAdapter => {
  const adapter = adapters.find(({ id }) => id === fixture.adapter);
  if (!adapter) throw new Error(`No adapter ${fixture.adapter}`);
  return adapter;
};
const fixturesOf = (adapter: CrmAdapter, kind?: string): Fixture[] =>
  fixtures.filter((fixture) => fixture.adapter === adapter.id && (kind === undefined || fixture.kind === kind));

const windows: Window[] = [];
function open(fixture: Fixture): Document {
  const window = new GlobalWindow({ url: fixture.expected.url });
  windows.push(window);
  window.document.write(fixture.html);
  const doc = window.document as unknown as Document;
  openShadowRoots(doc);
  return doc;
}
const urlOf = (fixture: Fixture): URL => new URL(fixture.expected.url);
const dated = /^20\d{2}-(0[1-9]|1[0-2])$/u;

/** Everything an adapter says of a saved page: readings, places and what is watched. */
function wholeReading(adapter: CrmAdapter, fixture: Fixture, doc: Document): string {
  const url = urlOf(fixture);
  const read = readRows(adapter, doc, url);
  const spot = (el: Element | null | undefined): number => (el ? [...doc.querySelectorAll('*')].indexOf(el) : -1);
  const places = read ? placements(read).map((place) => [spot(place?.parent), spot(place?.before)]) : [];
  const root = read?.surface.root ? spot(firstMatch(doc, read.surface.root)) : null;
  return JSON.stringify([readPage(adapter, doc, url), places, root]);
}

const htmlOf = (doc: Document): string => doc.documentElement.outerHTML;

const closeAll = async (all: Window[]): Promise<void> => {
  await Promise.all(all.splice(0).map((window) => window.happyDOM.close()));
};
// A window is large, and there are thousands of them in one run.
afterEach(() => closeAll(windows));

describe('the room of adapters', () => {
  const room = new URL('../../lib/crm/', import.meta.url);
  const helpers = new Set([
    'catalogue.ts',
    'detectors.ts',
    'evidences.ts',
    'history.ts',
    'match-pattern.ts',
    'outline.ts',
    'read.ts',
    'registry.ts',
    'repair.ts',
    'request.ts',
    'selector-look.ts',
    'shelf.ts',
    'shown.ts',
    'sweep.ts',
    'types.ts',
    'viewer.ts',
    'world-answer.ts',
    'world.ts',
  ]);

  it('every file is a helper, an adapter of the registry under its own name, or a part of one', () => {
    const files = readdirSync(room).filter((file) => file !== 'evidence' && !helpers.has(file));
    const ids = adapters.map(({ id }) => id);
    expect(files).toEqual(expect.arrayContaining(ids.map((id) => `${id}.ts`)));
    const strangers = files.filter((file) => !ids.some((id) => file === `${id}.ts` || file.startsWith(`${id}-`)));
    expect(strangers).toEqual([]);
  });

  it('every adapter has its evidence beside it, and no evidence stands alone', () => {
    const files = readdirSync(new URL('evidence/', room));
    expect(files.toSorted()).toEqual(adapters.map(({ id }) => `${id}.ts`).toSorted());
    expect(Object.keys(evidenceOf)).toEqual(adapters.map(({ id }) => id));
  });

  it('every folder of fixtures belongs to an adapter, and every adapter has one', () => {
    expect(fixtureAdapters()).toEqual(adapters.map(({ id }) => id).sort());
  });

  it('each adapter has a script of its own, and its detector with the content script where it runs on any host', () => {
    const own = adapters.filter(({ selfHosted }) => selfHosted);
    expect(detectors).toEqual(Object.fromEntries(own.map(({ id, detect }) => [id, detect])));
    for (const { hosts, selfHosted } of adapters) expect(selfHosted || hosts.length > 0).toBe(true);
    const scripts = readdirSync(new URL('../../entrypoints/', import.meta.url)).filter((file) =>
      file.startsWith('adapter-'),
    );
    expect(scripts.sort()).toEqual(adapters.map(({ id }) => `adapter-${id}.ts`).sort());
  });

  it("an adapter that asks the page's own world has a script there, and no other script runs there", () => {
    const scripts = readdirSync(new URL('../../entrypoints/', import.meta.url)).filter((file) =>
      file.startsWith('world-'),
    );
    const asking = adapters.filter(({ world }) => world);
    expect(scripts.toSorted()).toEqual(asking.map(({ id }) => `world-${id}.ts`).toSorted());
  });

  it('the catalogue names the adapters of the registry, in their order', () => {
    expect(catalogue).toEqual(
      adapters.map(({ id, label, hosts, selfHosted, world, api }) => ({
        id,
        label,
        hosts,
        selfHosted,
        ...(world && { world: true }),
        ...(api && { api: true }),
      })),
    );
    for (const { id, label } of adapters) expect(crmLabel(id)).toBe(label);
    expect(crmLabel('gone')).toBe('gone');
  });

  it('a match pattern covers its host and those below, over HTTPS, and nothing that only ends alike', () => {
    const matches = (address: string): boolean => covers('https://*.example.com/*', new URL(address));
    expect(matches('https://a.example.com/x')).toBe(true);
    expect(matches('https://a.b.example.com/')).toBe(true);
    expect(matches('https://example.com/')).toBe(true);
    expect(matches('http://a.example.com/')).toBe(false);
    expect(matches('https://badexample.com/')).toBe(false);
    expect(matches('https://example.com.evil.example/')).toBe(false);
    expect(covers('https://example.com/*', new URL('https://a.example.com/'))).toBe(false);
    expect(covers('<all_urls>', new URL('https://a.example.com/'))).toBe(false);
  });

  it('a page of no CRM has no adapter', () => {
    const window = new GlobalWindow({ url: 'https://example.com/' });
    windows.push(window);
    window.document.write(
      '<header id="header">Shop</header><main id="main"><table><tr class="list-row"></tr></table></main>',
    );
    expect(recognise(window.document as unknown as Document, new URL('https://example.com/'), null)).toBeNull();
  });
});

describe.each(adapters)('$id', (adapter) => {
  const surfaces = Object.entries<Surface>(adapter.surfaces);

  it('has fewer than 300 lines a file', () => {
    const room = new URL('../../lib/crm/', import.meta.url);
    const files = readdirSync(room).filter((file) => file === `${adapter.id}.ts` || file.startsWith(`${adapter.id}-`));
    for (const file of files) {
      const source = readFileSync(new URL(file, room), 'utf8');
      expect(source.trimEnd().split('\n').length, file).toBeLessThan(300);
    }
  });

  it('uses only match patterns that the registry understands', () => {
    for (const pattern of adapter.hosts)
      expect(covers(pattern, new URL(pattern.replace('*.', 'any.').replace('/*', '/')))).toBe(true);
  });

  it.each(surfaces.map(([kind]) => kind))('has a saved page for its %s', (kind) => {
    expect(routeKinds).toContain(kind);
    expect(fixturesOf(adapter, kind).filter(({ expected }) => expected.rows.length > 0)).not.toEqual([]);
  });

  it('says of each surface what it is known by, and of no other', () => {
    const known = evidenceOf[adapter.id];
    expect(known?.surfaces.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(adapter.surfaces).toSorted());
    expect(Boolean(known?.api)).toBe(Boolean(adapter.api));
    for (const { seen } of [...(known?.surfaces ?? []), ...(known?.api ? [known.api] : [])])
      expect(seen).toMatch(dated);
  });

  it('whose clocks run once a zone is set has a saved page that shows it, and no other needs one', () => {
    const known = evidenceOf[adapter.id];
    const zoned = fixturesOf(adapter).filter((fixture) =>
      Object.values(fixture.zoned?.minutes ?? {}).some((fields) => Object.hasOwn(fields, 'createdAt')),
    );
    if (known && clocksRun(known) === 'zone') expect(zoned).not.toEqual([]);
    if (known && clocksRun(known) === 'no') expect(zoned).toEqual([]);
  });

  it('has default meanings of its statuses where it reads any', () => {
    const known = evidenceOf[adapter.id];
    const read = new Set([...(known?.api?.fields ?? []), ...(known?.surfaces ?? []).flatMap(({ page }) => page)]);
    const hasStatus = read.has('status') || read.has('statusLabel');
    expect(Object.hasOwn(defaultStatuses, adapter.id)).toBe(hasStatus);
  });

  it.each(surfaces.map(([kind]) => kind))('says exactly which fields its %s shows', (kind) => {
    const claimed = evidenceOf[adapter.id]?.surfaces.find((surface) => surface.kind === kind)?.page ?? [];
    const shown = fixturesOf(adapter, kind).flatMap(({ expected }) =>
      expected.rows.flatMap((row) => ('fields' in row ? Object.keys(row.fields) : [])),
    );
    expect([...new Set(shown)].toSorted()).toEqual([...claimed].toSorted());
  });

  const alternatives = Object.entries<readonly DatedSelector[]>(adapter.selectors).flatMap(([name, list]) =>
    list.map((selector) => ({ name, list, selector, css: selector.css })),
  );

  it('takes rows and roots from its table of selectors', () => {
    const lists = Object.values<readonly DatedSelector[]>(adapter.selectors);
    for (const [, { root, rows, shadow }] of surfaces)
      for (const list of [root, rows, shadow]) if (list) expect(lists).toContain(list);
  });

  it.each(alternatives)('$name: $css says when and where it was seen', ({ selector }) => {
    expect(selector.since).toMatch(dated);
    expect(selector.seenOn).not.toBe('');
  });

  // Reading leaves no trace (see below), so one document a page serves all alternatives.
  const kept: Window[] = [];
  let opened: { readonly fixture: Fixture; readonly doc: Document; readonly before: string }[] | null = null;
  const pages = () =>
    (opened ??= fixturesOf(adapter).map((fixture) => {
      const doc = open(fixture);
      kept.push(...windows.splice(0));
      return { fixture, doc, before: wholeReading(adapter, fixture, doc) };
    }));
  afterAll(async () => {
    opened = null;
    await closeAll(kept);
  });

  // Without the alternative some saved page must be read, placed or watched otherwise; else the alternative is dead.
  it.each(alternatives)('$name: some saved page needs $css', ({ list, selector }) => {
    const lists = list as DatedSelector[];
    const whole = [...lists];
    const before = pages().map(({ before: reading }) => reading);
    lists.splice(0, lists.length, ...whole.filter((other) => other !== selector));
    const without = pages().map(({ fixture, doc }) => wholeReading(adapter, fixture, doc));
    lists.splice(0, lists.length, ...whole);
    expect(without).not.toEqual(before);
  });

  const blanks = [...new Set(alternatives.filter(({ css }) => css.includes('{}')).map(({ name }) => name))];
  // Fields that a page may do without are read by these; were they lost unseen, their values would go without a word.
  it.each(blanks)('%s: page health sees it for whatever name, and sees that it is lost', (name) => {
    const list = adapter.selectors[name] ?? [];
    const isSeen = (doc: Document): boolean | undefined =>
      createSelectorLook({ [name]: list }).look(scopesOf(doc))[name];
    const shown = fixturesOf(adapter).filter((fixture) => isSeen(open(fixture)));
    expect(shown).not.toEqual([]);
    const readsOn = shown.filter((fixture) => {
      const doc = open(fixture);
      const before = wholeReading(adapter, fixture, doc);
      renameAttributes(doc, list);
      expect(isSeen(doc), fixture.name).toBe(false);
      return wholeReading(adapter, fixture, doc) === before;
    });
    expect(readsOn.length).toBeLessThan(shown.length);
  });

  // An adapter without surfaces has no table that could be repaired.
  it.each(alternatives.slice(0, 1))('a repair takes the place of all alternatives, and no CSS changes nothing', () => {
    const table = Object.fromEntries(
      Object.entries<readonly DatedSelector[]>(adapter.selectors).map(([name, list]) => [name, [...list]]),
    );
    const [first = ''] = Object.keys(table);
    const doc = new GlobalWindow().document as unknown as Document;
    const other = [{ css: '.other', since: '2026-11', seenOn: 'a repair' }];
    const before = structuredClone(table);
    expect(repairSelectors(table, { [first]: [{ ...other[0]!, css: 'a[' }], nowhere: other }, doc)).toEqual([
      first,
      'nowhere',
    ]);
    expect(table).toEqual(before);
    expect(repairSelectors(table, { [first]: other }, doc)).toEqual([]);
    expect(table[first]).toEqual(other);
  });
});

describe.each(fixtures.map((fixture) => ({ fixture, name: `${fixture.adapter}/${fixture.name}` })))(
  '$name',
  ({ fixture }) => {
    const adapter = adapterOf(fixture);
    const url = urlOf(fixture);

    it('is recognised by its own adapter and by no other', () => {
      const doc = open(fixture);
      for (const other of adapters) {
        const certainty = other.detect(doc, url);
        if (other === adapter) expect(certainty).toBeGreaterThanOrEqual(0.9);
        else expect(certainty).toBeLessThan(0.5);
      }
      expect(recognise(doc, url, adapter.selfHosted ? null : adapter.id)).toBe(adapter.id);
    });

    it('is read exactly as expected, and reading leaves no trace', () => {
      const doc = open(fixture);
      const before = htmlOf(doc);
      expect(fixture.expected.route?.kind).toBe(fixture.kind);
      expect(readPage(adapter, doc, url)).toEqual(fixture.expected);
      expect(readPage(adapter, doc, url)).toEqual(fixture.expected);
      expect(htmlOf(doc)).toBe(before);
    });

    it('shows its dates to the minute once the zone of the site is set, and not before', () => {
      const instantsOf = (read: ReturnType<typeof readRows>): [string, string, ReadInstant][] =>
        (read?.rows ?? []).flatMap(({ reading }) =>
          reading.ok
            ? Object.entries(reading.fields).flatMap(([field, value]): [string, string, ReadInstant][] =>
                typeof value === 'object' ? [[reading.ref.value, field, value]] : [],
              )
            : [],
        );
      const doc = open(fixture);
      const { zoned } = fixture;
      const all = instantsOf(readRows(adapter, doc, url));
      const before = all.filter(([, , { precision }]) => precision > exactPrecision);
      // A page with a vague date must say what it is worth.
      if (!zoned) return expect(before).toEqual([]);
      const after = instantsOf(readRows(adapter, doc, url, undefined, zoned.dates)).filter(
        ([id, field]) => !all.some((one) => one[0] === id && one[1] === field && one[2].precision <= exactPrecision),
      );
      const minutes: Record<string, Record<string, string>> = {};
      for (const [id, field, { at, precision }] of after) {
        if (zoned.vague?.includes(field)) continue;
        expect(precision).toBe(exactPrecision);
        (minutes[id] ??= {})[field] = new Date(at).toISOString().replace(/(?::00)?\.000Z$/u, 'Z');
      }
      expect(minutes).toEqual(zoned.minutes);
      // The zone tells more of the same dates, and takes none back.
      for (const [id, field] of before) expect(after.some((one) => one[0] === id && one[1] === field)).toBe(true);
    });

    it('lies under the root that is observed, rows and badges', () => {
      const doc = open(fixture);
      const read = readRows(adapter, doc, url);
      const roots = read?.surface.root?.flatMap(({ css }) => [...doc.querySelectorAll(css)]) ?? [doc.body];
      const held = [
        ...(read?.rows ?? []).map(({ el }) => el),
        ...(read ? placements(read) : []).map((place) => place?.parent),
      ];
      for (const el of held) {
        let light = el;
        // Shadow roots stand in shadow roots.
        for (let root = light?.getRootNode(); root && 'host' in root; root = light?.getRootNode())
          light = root.host as Element;
        expect(roots.some((root) => light && root.contains(light))).toBe(true);
      }
    });

    it('has a place for a badge on every readable row, which changes no reading, no place and, taken away, no byte', () => {
      const doc = open(fixture);
      const before = htmlOf(doc);
      const read = readRows(adapter, doc, url);
      // A page may be known by its address alone: then no surface claims to read it, and it has no badge.
      if (!read) return expect(adapter.surfaces).not.toHaveProperty(fixture.kind);
      const places = placements(read);
      expect(places).not.toContain(null);
      for (const place of places) if (place?.before) expect(place.before.parentElement).toBe(place.parent);
      const remove = putBadges(doc, places);
      const scopes = new Set([doc, ...places.flatMap((place) => (place?.parent.getRootNode() as ParentNode) ?? [])]);
      const badges = [...scopes].map((scope) => scope.querySelectorAll('relevo-badge').length);
      expect(badges.reduce((sum, count) => sum + count, 0)).toBe(places.length);
      expect(readPage(adapter, doc, url)).toEqual(fixture.expected);
      for (const [index, place] of placements(read).entries()) {
        expect(place?.parent === places[index]?.parent).toBe(true);
        expect(place?.before === places[index]?.before).toBe(true);
      }
      remove();
      expect(htmlOf(doc)).toBe(before);
    });

    it("names each record by an address on the page's own origin that leads back to it", () => {
      const doc = open(fixture);
      const read = readRows(adapter, doc, url);
      for (const row of read?.rows ?? []) {
        if (!read || !row.reading.ok || row.reading.ref.by !== 'id') continue;
        const { value } = row.reading.ref;
        const address = adapter.recordUrl(read.page.route.object, value, read.page);
        if (address === undefined) continue;
        expect(new URL(address).origin).toBe(url.origin);
        const { object } = read.page.route;
        expect(adapter.route(new URL(address), doc)).toEqual({ kind: 'record', object, recordId: value });
      }
    });

    it('reads the same with wrappers around anything that may have one, and with attributes in any order', () => {
      fc.assert(
        fc.property(fc.array(fc.nat(), { maxLength: 12 }), fc.nat(), fc.boolean(), (picks, seed, block) => {
          const doc = open(fixture);
          for (const pick of picks) wrapOne(doc, pick, block);
          turnAttributes(doc, seed);
          const { url: _url, ...rest } = readPage(adapter, doc, url);
          const { url: _expected, ...expected } = fixture.expected;
          expect(rest).toEqual(expected);
        }),
        { numRuns: 8 },
      );
    });

    it('any of its elements may be gone: nothing throws', () => {
      fc.assert(
        fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (picks) => {
          const doc = open(fixture);
          for (const pick of picks) {
            const all = doc.body.querySelectorAll('*');
            all[pick % Math.max(all.length, 1)]?.remove();
          }
          readPage(adapter, doc, url);
          const read = readRows(adapter, doc, url);
          if (read) placements(read);
        }),
        { numRuns: 6 },
      );
    });
  },
);

/** Declarative shadow roots, which only a browser opens by itself. */
function openShadowRoots(scope: ParentNode): void {
  for (const template of scope.querySelectorAll<HTMLTemplateElement>('template[shadowrootmode]')) {
    const root = template.parentElement?.attachShadow({ mode: 'open' });
    root?.append(...template.content.childNodes);
    template.remove();
    if (root) openShadowRoots(root);
  }
}

/** The document and its open shadow roots. */
function scopesOf(scope: Document | ShadowRoot): (Document | ShadowRoot)[] {
  const roots = [...scope.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? scopesOf(shadowRoot) : []));
  return [scope, ...roots];
}

/** As after a release of the CRM: the attributes that these selectors fill a name into are called otherwise. */
function renameAttributes(doc: Document, list: readonly DatedSelector[]): void {
  const filled = list.flatMap(({ css }) => [...css.matchAll(/\[([\w-]+)[$^*]?="[^"]*\{\}[^"]*"\]/gu)]);
  const names = filled.flatMap(([, name = '']) => name);
  for (const scope of scopesOf(doc))
    for (const el of scope.querySelectorAll('*'))
      for (const name of names) {
        const value = el.getAttribute(name);
        if (value === null) continue;
        el.removeAttribute(name);
        el.setAttribute(`new-${name}`, value);
      }
}

/** Parents whose children are theirs by the rules of HTML: nothing may come between. */
const strict = 'table, thead, tbody, tfoot, tr, colgroup, ul, ol, dl, select, datalist, optgroup, svg, svg *, picture';
const unwrappable = 'td, th, tr, thead, tbody, tfoot, caption, col, colgroup, li, option, script, style, svg *';

function wrapOne(doc: Document, pick: number, block: boolean): void {
  const candidates = [...doc.body.querySelectorAll('*')].filter(
    (el) => !el.matches(unwrappable) && !el.parentElement?.matches(strict),
  );
  const el = candidates[pick % Math.max(candidates.length, 1)];
  if (!el) return;
  const wrapper = doc.createElement(block ? 'div' : 'span');
  el.replaceWith(wrapper);
  wrapper.append(el);
}

function turnAttributes(doc: Document, seed: number): void {
  for (const el of doc.body.querySelectorAll('*')) {
    const attributes = [...el.attributes].map(({ name, value }) => [name, value] as const);
    const cut = attributes.length === 0 ? 0 : seed % attributes.length;
    for (const [name] of attributes) el.removeAttribute(name);
    for (const [name, value] of [...attributes.slice(cut), ...attributes.slice(0, cut)].toReversed())
      el.setAttribute(name, value);
  }
}
