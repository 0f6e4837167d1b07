import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import { openLedger } from '../../../lib/ledger/database';
import { exportLines, exportStream } from '../../../lib/ledger/export';
import { identify } from '../../../lib/ledger/fact-id';
import { importLedger, linesAtOnce, type ImportResult } from '../../../lib/ledger/import';
import { lineAtMost, linesOf, type Line } from '../../../lib/ledger/lines';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import type { Ledger } from '../../../lib/ledger/types';
import {
  allFacts,
  allLeads,
  makeFact,
  fillDiskAt,
  key,
  makeLead,
  monday,
  ledgers,
  newDatabase,
  record,
  touch,
} from './support';

beforeEach(newDatabase);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const linesIn = (bytes: Uint8Array, size = 1_000): Promise<Line[]> => collect(linesOf(inPieces(bytes, size)));
const header = '{"format":"relevo-ledger","version":1,"exportedAt":1}';
const importText = (ledger: Ledger, text: string): Promise<ImportResult> =>
  importLedger(ledger, inPieces(encode(text), 4_096), monday);

const told = new Map<string, Promise<Fact>>();
/** A touch with its id. The same one is hashed once for all tests, which is most of what thousands of them cost. */
function touched(id: string, at: number): Promise<Fact> {
  const name = `${id}@${at}`;
  const fact = told.get(name) ?? identify(touch(id, at));
  told.set(name, fact);
  return fact;
}

/** As many facts on a tenth as many leads. */
async function filled(ledger: Ledger, count: number): Promise<Fact[]> {
  const facts = await Promise.all(
    Array.from({ length: count }, (_, index) => touched(String(index % Math.ceil(count / 10)), 1_000 + index)),
  );
  const ids = new Set(facts.map(({ lead: of }) => of.split('|')[3] as string));
  await ledger.save(
    [...ids].map((id) => record(id, { lead: makeLead(id, { name: `Ñandú ${id} 🚀` }) })),
    facts,
  );
  return facts;
}

/** Who learnt it when is each browser's own. */
const stated = async (ledger: Ledger): Promise<unknown> =>
  (await allFacts(ledger)).map(({ recordedAt: _recordedAt, ...fact }) => fact);

async function sameAs(ledger: Ledger, other: Ledger): Promise<void> {
  expect(await stated(ledger)).toEqual(await stated(other));
  expect(await allLeads(ledger)).toEqual(await allLeads(other));
}

describe('lines of a file', () => {
  it('are the same wherever the bytes are cut, with LF or CRLF, with or without a mark or a last line end', async () => {
    const wanted = [
      { number: 1, text: 'año 🚀' },
      { number: 3, text: 'b' },
    ];
    for (const [begin, end, last] of [
      ['', '\n', ''],
      ['\uFEFF', '\r\n', '\r\n'],
      ['', '\r\n', ''],
    ] as const)
      for (const size of [1, 2, 3, 5, 1_000])
        expect(await linesIn(encode(`${begin}año 🚀${end}${end}b${last}`), size)).toEqual(wanted);
  });

  it('are what splitting the text gives (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.integer({ min: 1, max: 9 }), async (texts, size) => {
        const bytes = encode(texts.join('\n'));
        // What the encoder makes of lone surrogates is what there is to find.
        const split = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
        const wanted = split.flatMap((text, index) => {
          const trimmed = text.replace(/^\uFEFF/, '').trim();
          return trimmed === '' ? [] : [{ number: index + 1, text: trimmed }];
        });
        expect(await linesIn(bytes, size)).toEqual(wanted);
      }),
    );
  });

  it('that are too long or no text are told by number, and the next one is read', async () => {
    const long = 'x'.repeat(lineAtMost + 1);
    expect(await linesIn(encode(`a\n${long}\nb`))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, wrong: 'too-long' },
      { number: 3, text: 'b' },
    ]);
    expect((await linesIn(encode('x'.repeat(lineAtMost))))[0]).toHaveProperty('text');
    expect(await linesIn(Uint8Array.of(0x61, 0x0a, 0xc3, 0x28, 0x0a, 0x62))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, wrong: 'not-utf8' },
      { number: 3, text: 'b' },
    ]);
  });
});

describe.each(ledgers)('a file from and to a ledger %s', (_name, open) => {
  it('export and import into an empty one: the same', async () => {
    const ledger = await open();
    await filled(ledger, 1_200);
    const other = createMemoryLedger();
    const result = await importLedger(other, exportStream(ledger, 5), monday);
    expect(result).toMatchObject({ ok: true, lines: 1_320, leads: 120, facts: 1_200, known: 0, bad: 0 });
    await sameAs(other, ledger);
    expect((await other.outdated('a', 1_000)).length).toBe(120);
  });

  it('twice is once', async () => {
    const source = createMemoryLedger();
    await filled(source, 700);
    const ledger = await open();
    await importLedger(ledger, exportStream(source, 5), monday);
    const again = await importLedger(ledger, exportStream(source, 6), monday);
    expect(again).toMatchObject({ ok: true, leads: 0, facts: 0, known: 700, bad: 0 });
    await sameAs(ledger, source);
  });

  it('is read no faster than it is written down', async () => {
    const ledger = await open();
    await filled(ledger, 2_000);
    const reads = vi.spyOn(ledger, 'knownAfter');
    const reader = exportStream(ledger, 5).getReader();
    await reader.read();
    await reader.read();
    expect(reads).toHaveBeenCalledTimes(1);
    await reader.cancel();
  });

  it('has the header, then each lead and its facts, a line each, whatever a page holds', async () => {
    const ledger = await open();
    await filled(ledger, 2_500);
    // More facts than a page of the database: in the middle of one lead, and of one that only facts are known of.
    const many = (id: string) => Promise.all(Array.from({ length: 5_200 }, (_, at) => touched(id, 9_000 + at)));
    await ledger.save([], [...(await many('100')), ...(await many('nobody'))]);
    const lines = (await collect(exportLines(ledger, 5))).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ format: 'relevo-ledger', version: 1, exportedAt: 5 });
    const leads = lines.flatMap(({ lead }) => (lead ? [(lead as { key: string }).key] : []));
    expect(leads).toEqual((await allLeads(ledger)).map((one) => one.key));
    const ofFacts = lines.flatMap(({ fact }) => (fact ? [(fact as Fact).lead] : []));
    expect(ofFacts).toHaveLength(12_900);
    expect(ofFacts).toEqual(ofFacts.toSorted());
    for (const [index, { lead }] of lines.entries())
      if (lead) expect(lines[index + 1]).toMatchObject({ fact: { lead: (lead as { key: string }).key } });
  });

  it('bad lines are told with number and reason and skipped, all others taken', async () => {
    const ledger = await open();
    const good = await identify(touch('1', 5));
    const lines: readonly (readonly [string, object | null])[] = [
      [JSON.stringify({ lead: makeLead('1') }), null],
      ['{"lead":', { fault: 'not-json' }],
      ['', null],
      ['42', { fault: 'unknown-kind' }],
      ['{"page":{}}', { fault: 'unknown-kind' }],
      [JSON.stringify({ fact: { ...good, at: 'yesterday' } }), { fault: 'invalid', path: 'fact.at' }],
      [JSON.stringify({ fact: { ...good, at: 6 } }), { fault: 'wrong-id' }],
      [JSON.stringify({ fact: { ...good, more: 1 } }), { fault: 'invalid', path: 'fact' }],
      [
        JSON.stringify({ fact: await identify({ ...touch('1', 5), lead: 'nobody' }) }),
        { fault: 'invalid', path: 'fact.lead' },
      ],
      [JSON.stringify({ lead: { ...makeLead('2'), key: key('3') } }), { fault: 'invalid', path: 'lead.key' }],
      [
        JSON.stringify({ lead: { ...makeLead('2'), url: 'javascript:alert(1)' } }),
        { fault: 'invalid', path: 'lead.url' },
      ],
      [`{"fact":"${'x'.repeat(lineAtMost)}"}`, { fault: 'too-long' }],
      ['{"fact":{"__proto__":{"id":"x"}}}', { fault: 'invalid', path: 'fact.kind' }],
      [JSON.stringify({ fact: good }), null],
    ];
    const result = await importText(ledger, [header, ...lines.map(([line]) => line)].join('\n'));
    const wanted = lines.flatMap(([, fault], index) => (fault ? [{ line: index + 2, ...fault }] : []));
    expect(result).toMatchObject({ ok: true, leads: 1, facts: 1, bad: wanted.length, badLines: wanted });
    expect(await stated(ledger)).toEqual([good]);
  });

  it('a file of nothing but bad lines: a short list and the full number', async () => {
    const ledger = await open();
    const result = await importText(ledger, `${header}\n${'nonsense\n'.repeat(1_234)}`);
    expect(result).toMatchObject({ ok: true, bad: 1_234, facts: 0 });
    expect(result).toHaveProperty('badLines.length', 100);
  });

  it('anything else than a ledger, and a newer format, is refused before anything is touched', async () => {
    const ledger = await open();
    const line = JSON.stringify({ fact: await identify(touch('1', 5)) });
    for (const first of ['', 'nonsense', '[]', '{"format":"other","version":1}', line])
      expect(await importText(ledger, `${first}\n${line}`.trim())).toEqual({ ok: false, reason: 'not-a-ledger' });
    expect(await importText(ledger, '')).toEqual({ ok: false, reason: 'not-a-ledger' });
    const newer = header.replace('"version":1', '"version":2,"more":true');
    expect(await importText(ledger, `${newer}\n${line}`)).toEqual({ ok: false, reason: 'newer-format', version: 2 });
    expect(await ledger.counts()).toMatchObject({ leads: 0, facts: 0 });
  });

  it('stopped after any batch: what it says was kept is there, and once more completes it', async () => {
    const source = createMemoryLedger();
    await filled(source, 2_600);
    const batches = Math.ceil(2_860 / linesAtOnce);
    expect(batches).toBeGreaterThan(1);
    for (let stopAfter = 1; stopAfter <= batches; stopAfter += 1) {
      newDatabase();
      const ledger = await open();
      const controller = new AbortController();
      const progress: number[] = [];
      const result = await importLedger(ledger, exportStream(source, 5), monday, {
        signal: controller.signal,
        onProgress: ({ facts }) => {
          progress.push(facts);
          if (progress.length === stopAfter) controller.abort();
        },
      });
      expect(progress.length).toBe(stopAfter);
      expect(result.ok).toBe(stopAfter >= batches);
      expect(await ledger.counts()).toMatchObject({ facts: progress.at(-1) });
      expect(await importLedger(ledger, exportStream(source, 5), monday)).toMatchObject({ ok: true, bad: 0 });
      await sameAs(ledger, source);
    }
  });

  it('a source that breaks at any byte: what was whole is kept, and once more completes it', async () => {
    const source = createMemoryLedger();
    await filled(source, 1_100);
    const bytes = encode((await collect(exportLines(source, 5))).join('\n'));
    async function* breaking(at: number): AsyncGenerator<Uint8Array> {
      yield* inPieces(bytes.subarray(0, at), 10_000);
      throw new Error('The disk was taken out');
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: bytes.length - 1 }), async (at) => {
        newDatabase();
        const ledger = await open();
        const result = await importLedger(ledger, breaking(at), monday);
        expect(result).toMatchObject({ ok: false, reason: 'broken', bad: 0 });
        expect(await ledger.counts()).toMatchObject({ facts: (result as { facts: number }).facts });
        expect(await importLedger(ledger, inPieces(bytes, 10_000), monday)).toMatchObject({ ok: true, bad: 0 });
        await sameAs(ledger, source);
      }),
      { numRuns: 8 },
    );
  });

  it('the instant at which a fact was recorded is no part of it: the first one stays', async () => {
    const ledger = await open();
    const mine = await identify({ ...touch('1', 5), recordedAt: 10 });
    await ledger.save([], [mine]);
    const theirs = await identify({ ...touch('1', 5), recordedAt: 3 });
    expect(await importText(ledger, `${header}\n${JSON.stringify({ fact: theirs })}`)).toMatchObject({ known: 1 });
    expect(await allFacts(ledger)).toEqual([mine]);
  });

  it('a fact that is new here was learnt when the file was read, whenever its sender learnt it', async () => {
    const ledger = await open();
    const theirs = await identify({ ...touch('1', 5), recordedAt: 6 });
    const unsaid = await identify(touch('1', 7));
    const text = [header, ...[theirs, unsaid].map((fact) => JSON.stringify({ fact }))].join('\n');
    expect(await importText(ledger, text)).toMatchObject({ facts: 2 });
    expect((await allFacts(ledger)).map(({ recordedAt }) => recordedAt)).toEqual([monday, monday]);
    expect(await importText(ledger, text)).toMatchObject({ facts: 0, known: 2 });
  });
});

describe('importing on a full disk', () => {
  it('says so, keeps whole batches only, and goes on when there is room', async () => {
    const source = createMemoryLedger();
    await filled(source, 2_600);
    const ledger = await openLedger(() => {});
    const disk = fillDiskAt(2_300);
    const result = await importLedger(ledger, exportStream(source, 5), monday);
    expect(disk.met()).toBe(true);
    disk.makeRoom();
    // The 2,300th fact is one of the second batch.
    expect(result).toMatchObject({ ok: false, reason: 'full', leads: 182, facts: 1_818, lines: linesAtOnce });
    expect(await ledger.counts()).toMatchObject({ leads: 182, facts: 1_818 });
    await importLedger(ledger, exportStream(source, 5), monday);
    await sameAs(ledger, source);
    ledger.close();
  });

  it('a file is never read on after that', async () => {
    const ledger = createMemoryLedger();
    vi.spyOn(ledger, 'take').mockRejectedValue(new Error('broken'));
    const cancel = vi.fn();
    const text = `${header}\n${JSON.stringify({ fact: await makeFact('1', 1, { kind: 'hand-off' }) })}\n`.repeat(600);
    const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(encode(text)), cancel });
    await expect(importLedger(ledger, endless, monday)).rejects.toThrow('broken');
    expect(cancel).toHaveBeenCalledOnce();
  });
});
