/**
 * How each released version of the database becomes the next. An upgrade only ever adds: what an older
 * version wrote is read as it is. A released version's block is never edited again; a change is a new block.
 */
import type { IDBPTransaction, StoreNames } from 'idb';
import type { LeadKey } from '../lead/lead';
import { bucketOf, dueTextOf } from './due-lead';
import { leadSchema } from './lead-schema';
import type { Database, Schema } from './stores';
import type { LeadRecord } from './types';

type Upgrading = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/** @param from the version that is there; 0 where there is none. */
export function upgrade(db: Database, from: number, transaction: Upgrading): void {
  if (from < 1) {
    const leads = db.createObjectStore('leads', { keyPath: 'key' });
    leads.createIndex('attention', 'attention');
    leads.createIndex('nextChangeAt', 'nextChangeAt');
    leads.createIndex('projection', 'projection');
    db.createObjectStore('facts', { keyPath: 'id' }).createIndex('lead', 'lead');
  }
  if (from < 2) {
    transaction.objectStore('leads').createIndex('dupes', 'dupes', { multiEntry: true });
    // With the id behind the instant, a reader goes on exactly where it stopped, however many facts share an instant.
    transaction.objectStore('facts').createIndex('instant', ['at', 'id']);
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
