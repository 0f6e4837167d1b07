/**
 * What every adapter keeps on pages that mean it. Invariant: whatever stands in one row, nothing throws, no reading takes
 * longer than a page of that size deserves, what is read is what the worker takes, and no other row says anything else.
 * That the page gets no error in a real browser is in `e2e/chromium/hostile.spec.ts`.
 */
import * as fc from 'fast-check';
import { GlobalWindow, type Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { adapters } from '../../lib/crm/registry';
import type { CrmAdapter, Reading } from '../../lib/crm/types';
import { leadFieldsSchema, leadIdSchema } from '../../lib/ledger/lead-schema';
import { listFixtures, type Fixture } from './fixtures';
import { placements, readPage, readRows, type ReadPage } from './reading';

const windows: Window[] = [];
afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

function open(fixture: Fixture): Document {
  const window = new GlobalWindow({ url: fixture.expected.url });
  windows.push(window);
  window.document.write(fixture.html);
  return window.document as unknown as Document;
}

const megabyte = 'x '.repeat(500_000);

/** What no id, name or date is, and what turns text round, hides in it, or ends where it should not. */
const texts: Readonly<Record<string, string>> = {
  megabyte,
  'one word of a megabyte': megabyte.replaceAll(' ', ''),
  quotes: '"\'`]<b>&\n',
  lines: '1\n2\r\n3\0',
  'right to left': '\u202Egnp.exe\u200B\u200D\u2066',
  marks: '\u0301'.repeat(5_000),
  'half a character': '\uD800half',
  prototype: '__proto__',
  code: 'javascript:alert(1)//',
  address: 'https://elsewhere.example/Lead/1',
  slashes: '/'.repeat(3_000),
  digits: '0'.repeat(400),
  braces: '{"a":'.repeat(2_000),
  nothing: '',
};

/** Names that a form or a document would give to these elements instead of its own methods. */
const clobbering = [
  'querySelector',
  'querySelectorAll',
  'closest',
  'getAttribute',
  'children',
  'matches',
  'textContent',
];

type Attack = (row: Element, pick: number, text: string) => void;

const within = (row: Element, pick: number): Element => {
  const all = [row, ...row.querySelectorAll('*')];
  return all[pick % all.length] as Element;
};

const attacks: Readonly<Record<string, Attack>> = {
  attribute(row, pick, text) {
    const el = within(row, pick);
    const names = el.getAttributeNames();
    el.setAttribute(names[pick % Math.max(names.length, 1)] ?? 'title', text);
  },
  text(row, pick, text) {
    within(row, pick).append(text);
  },
  instead(row, pick, text) {
    within(row, pick).textContent = text;
  },
  nesting(row, pick) {
    const el = within(row, pick);
    const doc = el.ownerDocument;
    const inside = [...el.childNodes];
    let at: Element = el;
    for (let depth = 0; depth < 300; depth += 1) at = at.appendChild(doc.createElement('span'));
    at.append(...inside);
  },
  clobbering(row, pick) {
    const doc = row.ownerDocument;
    const form = doc.createElement('form');
    form.id = clobbering[pick % clobbering.length] ?? '';
    for (const name of clobbering) {
      const [image, input] = [doc.createElement('img'), doc.createElement('input')];
      image.setAttribute('name', name);
      input.setAttribute('name', name);
      form.append(image, input);
    }
    within(row, pick).append(form);
  },
};

const idOf = (reading: Reading): string | null => (reading.ok ? `${reading.ref.by}|${reading.ref.value}` : null);

/** What the worker refuses would be a lead that is seen and never told. */
function expectTakable(adapter: CrmAdapter, { page, rows }: ReadPage): void {
  for (const { reading } of rows) {
    if (!reading.ok) continue;
    expect(leadFieldsSchema.safeParse(reading.fields).error).toBeUndefined();
    if (reading.ref.by !== 'id') continue;
    const { object } = page.route;
    const id = { crm: adapter.id, origin: page.url.origin, object, recordId: reading.ref.value };
    expect(leadIdSchema.safeParse(id).error).toBeUndefined();
    expect(reading.ref.value).toMatch(/^[^"`<>\p{Cc}\p{Cf}]+$/u);
  }
}

/** CPU time of this thread alone: other work on the machine, and on other threads, is not the adapter's. */
const cpuMs = (): number => process.threadCpuUsage().user / 1_000;
/** What a page of this size deserves is a few ms; a search that goes through a megabyte for each of its letters takes minutes. */
const longestMs = 2_000;

interface Done {
  readonly attack: string;
  readonly which: number;
  readonly pick: number;
  readonly text: string;
}
const anyAttack = fc.record({
  attack: fc.constantFrom(...Object.keys(attacks)),
  which: fc.nat(),
  pick: fc.nat(),
  text: fc.constantFrom(...Object.keys(texts)),
});

function attackAndRead(adapter: CrmAdapter, fixture: Fixture, { attack, which, pick, text }: Done): void {
  const doc = open(fixture);
  const url = new URL(fixture.expected.url);
  const before = readRows(adapter, doc, url);
  const row = before?.rows[which % before.rows.length];
  if (!before || !row) return;
  const known = before.rows.map(({ el, reading }) => ({ el, said: JSON.stringify(reading), id: idOf(reading) }));
  attacks[attack]?.(row.el, pick, texts[text] ?? '');
  const started = cpuMs();
  const after = readRows(adapter, doc, url);
  if (after) placements(after);
  readPage(adapter, doc, url);
  expect(cpuMs() - started).toBeLessThan(longestMs);
  if (!after) return;
  expectTakable(adapter, after);
  // Of several forms on a record's page one is the record's, and which that is depends on all of them.
  if (fixture.kind === 'record') return;
  for (const { el, reading } of after.rows) {
    const one = known.find((other) => other.el === el);
    if (one && !row.el.contains(el) && !el.contains(row.el)) expect(JSON.stringify(reading)).toBe(one.said);
  }
  // Nor does the row pass for one of the others.
  const now = after.rows.find(({ el }) => el === row.el)?.reading;
  const others = new Set(known.flatMap(({ el, id }) => (el === row.el || id === null ? [] : [id])));
  if (now?.ok && idOf(now) !== idOf(row.reading)) expect(others).not.toContain(idOf(now));
}

describe.each(adapters)('$id', (adapter) => {
  it.each(listFixtures(adapter.id).map((fixture) => ({ fixture, name: fixture.name })))(
    '$name: an attack on one row harms no other, and is read within bounds or not at all',
    ({ fixture }) => {
      fc.assert(
        fc.property(anyAttack, (one) => attackAndRead(adapter, fixture, one)),
        { numRuns: 14 },
      );
    },
  );
});
