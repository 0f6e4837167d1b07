/** Leads, facts and ledgers to try things on, a ledger as plain data, and a disk that is full when the test says so. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { IDBPDatabase } from 'idb';
import { vi } from 'vitest';
import type { FactDraft } from '../../../lib/lead/evidence';
import type { Fact, FactContent } from '../../../lib/lead/facts';
import type { Lead, LeadFields, LeadKey } from '../../../lib/lead/lead';
import { openLedger } from '../../../lib/ledger/database';
import { identify } from '../../../lib/ledger/fact-id';
import { factsNote, type History } from '../../../lib/ledger/history';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import type { Known, Ledger, LeadRecord } from '../../../lib/ledger/types';

export const day = 86_400_000;
/** A Monday at noon in UTC. */
export const monday = Date.UTC(2026, 10, 23, 12);

export const key = (recordId: string): LeadKey => `demo|https://crm.example|lead|${recordId}`;

export const makeLead = (recordId: string, fields: LeadFields = { name: `Lead ${recordId}` }, seenAt = 1): Lead => ({
  key: key(recordId),
  id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId },
  fields,
  seenAt,
});

export const record = (recordId: string, more: Partial<LeadRecord> = {}): LeadRecord => ({
  key: key(recordId),
  lead: makeLead(recordId),
  clocks: [],
  projection: 'a',
  ...more,
});

export const draft = (recordId: string, at: number, content: FactContent): FactDraft => ({
  lead: key(recordId),
  at,
  author: 'crm:demo',
  evidence: 'crm-field',
  ...content,
});

export const touch = (recordId: string, at: number): FactDraft =>
  draft(recordId, at, { kind: 'touch', channel: 'call' });

export const makeFact = (recordId: string, at: number, content: FactContent): Promise<Fact> =>
  identify(draft(recordId, at, content));

/** Every kind of ledger; each on a new database. */
export const ledgers: readonly (readonly [string, () => Promise<Ledger>])[] = [
  ['in IndexedDB', () => openLedger(() => {})],
  ['in memory', async () => createMemoryLedger()],
];

export function newDatabase(): void {
  globalThis.indexedDB = new IDBFactory();
}

async function allKnown(ledger: Ledger): Promise<Known[]> {
  const known: Known[] = [];
  let after: LeadKey | undefined;
  do {
    const { items, next } = await ledger.knownAfter(after, 1_000);
    known.push(...items);
    after = next;
  } while (after !== undefined);
  return known;
}

/** By id. */
export async function allFacts(ledger: Ledger): Promise<Fact[]> {
  const facts = (await allKnown(ledger)).flatMap((known) => known.facts);
  return facts.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** By key. */
export async function allLeads(ledger: Ledger): Promise<Lead[]> {
  return (await allKnown(ledger)).flatMap((known) => known.lead ?? []);
}

/** All facts as they lie on the disk. */
export async function factsOnDisk(raw: IDBPDatabase): Promise<Fact[]> {
  return ((await raw.getAll('histories')) as History[]).flatMap(({ facts }) => facts);
}

/** What an older bug or a bad disk may leave among the facts of a lead. */
export async function damageFactOf(raw: IDBPDatabase, lead: LeadKey): Promise<void> {
  const history = ((await raw.get('histories', [lead, 0])) ?? { lead, part: 0, newest: 0, facts: [] }) as History;
  const damaged = { id: 'damaged', lead, kind: 'touch', at: 'yesterday' };
  await raw.put('histories', { ...history, facts: [...history.facts, damaged] });
  const { value = 0 } = ((await raw.get('meta', factsNote)) ?? {}) as { value?: number };
  await raw.put('meta', { name: factsNote, value: value + 1 });
}

/** Ends the transaction with which the `nth` fact is put from now as a browser does whose disk is full. */
export function fillDiskAt(nth: number): { readonly met: () => boolean; readonly makeRoom: () => void } {
  const prototype = globalThis.IDBObjectStore.prototype;
  const original = prototype.put;
  let count = 0;
  const spy = vi.spyOn(prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...values) {
    const request = original.apply(this, values);
    if (this.name !== 'histories' || count >= nth) return request;
    count += (values[0] as History).facts.length;
    // A full disk shows when the transaction is written; there is no public way to play that.
    if (count >= nth) (this.transaction as unknown as { _abort(name: string): void })._abort('QuotaExceededError');
    return request;
  });
  return { met: () => count >= nth, makeRoom: () => spy.mockRestore() };
}
