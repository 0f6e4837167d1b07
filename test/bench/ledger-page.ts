/**
 * The part of the ledger's bench that runs in the browser, on a page of its own, over the browser's real database. The file
 * to import is made before anything is timed. Bundled by `ledger.bench.ts`; speaks to it through one global.
 */
import { deleteDB, openDB, unwrap } from 'idb';
import type { FactDraft } from '../../lib/lead/evidence';
import type { Fact, FactContent } from '../../lib/lead/facts';
import { leadKey, type Lead } from '../../lib/lead/lead';
import { openLedger } from '../../lib/ledger/database';
import { exportStream } from '../../lib/ledger/export';
import { identify } from '../../lib/ledger/fact-id';
import { factLine, headerLine, leadLine } from '../../lib/ledger/file-format';
import { importLedger, linesAtOnce } from '../../lib/ledger/import';
import type { Ledger } from '../../lib/ledger/types';

export interface Size {
  readonly leads: number;
  readonly factsEach: number;
}

/** Elapsed ms, and how much came of it. */
export interface Timed {
  readonly ms: number;
  readonly count: number;
}

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

function leadAt(index: number): Lead {
  const id = { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: `lead-${index}` };
  const at = start + (index % 6_000) * hour;
  return {
    key: leadKey(id),
    id,
    fields: {
      name: `Lead number ${index}`,
      company: `Company ${index % 700} & Sons`,
      owner: `Owner ${index % 20}`,
      ownerId: `owner-${index % 20}`,
      status: 'working',
      statusLabel: 'In progress',
      source: `Source ${index % 9}`,
      campaign: `Campaign ${index % 40}`,
      email: `person.${index}@company-${index % 700}.example`,
      phone: `+34600${String(index).padStart(6, '0')}`,
      createdAt: { at, precision: 1_000 },
      handedOverAt: { at, precision: 1_000 },
      modifiedAt: { at: at + hour, precision: 1_000 },
    },
    url: `https://crm.example/leads/lead-${index}`,
    seenAt: at + 2 * hour,
  };
}

const contents: readonly FactContent[] = [
  { kind: 'hand-off' },
  { kind: 'verdict', verdict: 'accepted' },
  { kind: 'touch', channel: 'call', direction: 'outbound' },
  { kind: 'touch', channel: 'email', direction: 'outbound' },
  { kind: 'disposition', outcome: 'won' },
];

function draftAt(lead: Lead, index: number): FactDraft {
  const content = contents[index % contents.length] as FactContent;
  const at = lead.seenAt + index * 60_000;
  return { lead: lead.key, at, author: 'Owner 7', party: 'sales', evidence: 'person', recordedAt: at, ...content };
}

async function makeFile({ leads, factsEach }: Size): Promise<Blob> {
  const parts: string[] = [headerLine(start)];
  for (let index = 0; index < leads; index += 1) {
    const lead = leadAt(index);
    const drafts = Array.from({ length: factsEach }, (_, turn) => draftAt(lead, turn));
    parts.push(leadLine(lead), ...(await Promise.all(drafts.map(identify))).map(factLine));
  }
  return new Blob([parts.join('\n')]);
}

let ledger: Ledger;
let file: Blob;

async function timed(job: () => Promise<number>): Promise<Timed> {
  const began = performance.now();
  const count = await job();
  return { ms: performance.now() - began, count };
}

async function each(times: number, job: (turn: number) => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let turn = 0; turn < times; turn += 1) all.push((await timed(() => job(turn))).ms);
  return all;
}

/** The same facts put one by one, found by lead and by instant, with nothing else done: what a plain store takes. */
async function putBare({ leads, factsEach }: Size): Promise<number> {
  const db = await openDB('bare', 1, {
    upgrade(upgrading) {
      const facts = upgrading.createObjectStore('facts', { keyPath: 'id' });
      facts.createIndex('lead', 'lead');
      facts.createIndex('instant', ['at', 'id']);
    },
  });
  const all: Fact[] = [];
  for (let index = 0; index < leads; index += 1) {
    const lead = leadAt(index);
    for (let turn = 0; turn < factsEach; turn += 1) all.push(await identify(draftAt(lead, turn)));
  }
  const began = performance.now();
  for (let from = 0; from < all.length; from += linesAtOnce) {
    const transaction = db.transaction('facts', 'readwrite', { durability: 'strict' });
    const store = unwrap(transaction.store);
    for (const fact of all.slice(from, from + linesAtOnce)) store.add(fact);
    await transaction.done;
  }
  const ms = performance.now() - began;
  db.close();
  await deleteDB('bare');
  return ms;
}

const bench = {
  /** A tenth of the leads. */
  bare: async ({ leads, factsEach }: Size): Promise<Timed> => {
    const part = { leads: Math.ceil(leads / 10), factsEach };
    return { ms: await putBare(part), count: part.leads * factsEach };
  },
  /** @returns bytes of the file */
  async prepare(size: Size): Promise<number> {
    file = await makeFile(size);
    return file.size;
  },
  /** A database that is there already, or a new one. */
  open: (): Promise<Timed> =>
    timed(async () => {
      ledger = await openLedger(() => {});
      return 0;
    }),
  close: (): void => ledger.close(),
  /** @returns facts that were read, known or new */
  import: (): Promise<Timed> =>
    timed(async () => {
      const result = await importLedger(ledger, file.stream(), Date.now());
      if (!result.ok || result.bad > 0) throw new Error(`The import said ${JSON.stringify(result).slice(0, 500)}.`);
      return result.facts + result.known;
    }),
  /** @returns bytes */
  export: (): Promise<Timed> =>
    timed(async () => {
      let bytes = 0;
      const reader = exportStream(ledger, start).getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length;
      return bytes;
    }),
  /** One fact and its lead's record, as when a person acts. */
  writes: (times: number): Promise<number[]> =>
    each(times, async (turn) => {
      const { key } = leadAt(turn * 7);
      const record = (await ledger.load([key])).get(key)?.record;
      const at = start + turn;
      const fact = await identify({ lead: key, at, author: 'Ana', evidence: 'person', kind: 'note', text: 'Called.' });
      await ledger.save(record ? [record] : [], [fact]);
      return 1;
    }),
  /** Leads of one long page, with their facts. */
  loads: (times: number, leads: number): Promise<number[]> =>
    each(times, async (turn) => {
      const keys = Array.from({ length: leads }, (_, index) => leadAt(turn * leads + index).key);
      return (await ledger.load(keys)).size;
    }),
  /** Every fact, by the newest of each history. */
  scan: (): Promise<Timed> =>
    timed(async () => {
      let count = 0;
      for await (const facts of ledger.historiesBetween(0, Number.MAX_SAFE_INTEGER)) count += facts.length;
      return count;
    }),
  /** Looks at every lead and forgets those that are old enough. @returns leads that went */
  retain: (): Promise<Timed> =>
    timed(async () => {
      let went = 0;
      let after: string | undefined;
      do {
        const step = { cutoff: start + 600 * hour, now: start + 9_000 * hour, limit: 100 };
        const done = await ledger.retain(after === undefined ? step : { ...step, after });
        went += done.leads;
        after = done.next;
      } while (after !== undefined);
      return went;
    }),
  counts: () => ledger.counts(),
};

export type LedgerBench = typeof bench;

declare global {
  var ledgerBench: LedgerBench;
}
globalThis.ledgerBench = bench;
