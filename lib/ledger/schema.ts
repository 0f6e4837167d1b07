/**
 * How each released version of the database becomes the next. An upgrade only ever adds: what an older
 * version wrote is read as it is. A released version's block is never edited again; a change is a new block.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { bucketOf, dueTextOf } from './due-lead';
import { continued, factsNote, stretchesOf } from './history';
import { leadSchema } from './lead-schema';
import type { Database, Schema } from './stores';
import type { LeadRecord } from './types';

type Upgrading = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/** What older versions had, and this one has no more. */
interface Former extends DBSchema {
  /** Each fact by itself. */
  facts: { key: string; value: Fact; indexes: { lead: LeadKey; instant: [number, string] } };
}

/** Where facts are that name no lead: damaged, and kept. */
const ofNobody: LeadKey = '';

/** @param from the version that is there; 0 where there is none. */
export function upgrade(db: Database, from: number, transaction: Upgrading): void {
  if (from < 1) {
    const leads = db.createObjectStore('leads', { keyPath: 'key' });
    leads.createIndex('attention', 'attention');
    leads.createIndex('nextChangeAt', 'nextChangeAt');
    leads.createIndex('projection', 'projection');
    former(db).createObjectStore('facts', { keyPath: 'id' }).createIndex('lead', 'lead');
  }
  if (from < 2) {
    transaction.objectStore('leads').createIndex('dupes', 'dupes', { multiEntry: true });
    // With the id behind the instant, a reader goes on exactly where it stopped, however many facts share an instant.
    formerFacts(transaction).createIndex('instant', ['at', 'id']);
    db.createObjectStore('aggregates', { keyPath: ['day', 'crm', 'kind', 'what', 'reason', 'source'] });
    db.createObjectStore('snoozes', { keyPath: 'lead' }).createIndex('until', 'until');
    db.createObjectStore('forgotten', { keyPath: 'hash' });
    db.createObjectStore('meta', { keyPath: 'name' });
  }
  if (from < 3) {
    db.createObjectStore('due', { keyPath: 'bucket' });
    // Its end is waited for by whoever opens the database; what fails here fails the upgrade.
    if (from > 0) void fillDue(transaction);
  }
  if (from < 4) {
    db.createObjectStore('days', { keyPath: ['day', 'part'] }).createIndex('lead', 'leads', { multiEntry: true });
    db.createObjectStore('touched', { keyPath: 'lead' });
  }
  if (from < 5) {
    const histories = db.createObjectStore('histories', { keyPath: ['lead', 'part'] });
    // With the rest of its key behind the instant, a reader goes on exactly where it stopped.
    histories.createIndex('newest', ['newest', 'lead', 'part']);
    // As above; and what was there goes only when all of it is in its new place.
    if (from > 0) void gatherFacts(db, transaction);
    else former(db).deleteObjectStore('facts');
  }
}

/** Records that one request of an upgrade reads. */
const upgradedAtOnce = 500;

/** What lists need, of the records of an older version. */
async function fillDue(transaction: Upgrading): Promise<void> {
  const leads = transaction.objectStore('leads');
  const rows = new Map<number, (readonly [LeadKey, string])[]>();
  try {
    let records: LeadRecord[] = [];
    do {
      const last = records.at(-1);
      records = await leads.getAll(last ? IDBKeyRange.lowerBound(last.key, true) : null, upgradedAtOnce);
      for (const record of records.filter(isWhole)) {
        const text = dueTextOf(record);
        const bucket = bucketOf(record.key);
        if (text !== null) rows.set(bucket, [...(rows.get(bucket) ?? []), [record.key, text]]);
      }
    } while (records.length === upgradedAtOnce);
    const due = transaction.objectStore('due');
    await Promise.all([...rows].map(([bucket, ofBucket]) => due.put({ bucket, rows: ofBucket })));
  } catch {
    abort(transaction);
  }
}

const former = (db: Database): IDBPDatabase<Former> => db as unknown as IDBPDatabase<Former>;
const formerFacts = (transaction: Upgrading) =>
  (transaction as unknown as IDBPTransaction<Former, ['facts'], 'versionchange'>).objectStore('facts');

/** Facts that one request of an upgrade reads. */
const gatheredAtOnce = 5_000;

/** From each fact by itself to the histories of leads. */
async function gatherFacts(db: Database, transaction: Upgrading): Promise<void> {
  const facts = formerFacts(transaction);
  try {
    const all = await facts.count();
    let gathered = 0;
    let after: LeadKey | undefined;
    let isLast = false;
    while (!isLast) {
      const page = await facts.index('lead').getAll(namedBehind(after), gatheredAtOnce);
      isLast = page.length < gatheredAtOnce;
      const byLead = Map.groupBy(page.filter(namesLead), ({ lead }) => lead);
      const cut = isLast ? undefined : page.at(-1)?.lead;
      // The facts of this lead may go on: the page ends before it, or is it.
      if (cut !== undefined && byLead.size > 1) byLead.delete(cut);
      else if (cut !== undefined) byLead.set(cut, await facts.index('lead').getAll(cut));
      for (const [lead, ofLead] of byLead) {
        await putFacts(transaction, lead, ofLead);
        gathered += ofLead.length;
        after = lead;
      }
    }
    if (gathered < all) await gatherUnnamed(transaction);
    await transaction.objectStore('meta').put({ name: factsNote, value: all });
    former(db).deleteObjectStore('facts');
  } catch {
    abort(transaction);
  }
}

const namesLead = ({ lead }: Fact): boolean => typeof lead === 'string';

/** Facts that name a lead behind this one: a list sorts behind every text. */
const namedBehind = (after: LeadKey | undefined): IDBKeyRange =>
  IDBKeyRange.bound(after ?? '', [], after !== undefined, true);

/** What no index finds. */
async function gatherUnnamed(transaction: Upgrading): Promise<void> {
  const facts = formerFacts(transaction);
  let page: Fact[] = [];
  do {
    const last = page.at(-1);
    page = await facts.getAll(last ? IDBKeyRange.lowerBound(last.id, true) : null, gatheredAtOnce);
    await putFacts(
      transaction,
      ofNobody,
      page.filter((fact) => !namesLead(fact)),
    );
  } while (page.length === gatheredAtOnce);
}

async function putFacts(transaction: Upgrading, lead: LeadKey, facts: readonly Fact[]): Promise<void> {
  const histories = transaction.objectStore('histories');
  const before = lead === ofNobody ? await histories.getAll(stretchesOf(lead)) : [];
  await Promise.all(continued(lead, before.at(-1), facts).map((stretch) => histories.put(stretch)));
}

/** A damaged record stays where it is, and is in no list. */
const isWhole = (record: LeadRecord): boolean =>
  Array.isArray(record.clocks) && leadSchema.safeParse(record.lead).success;

function abort(transaction: Upgrading): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
