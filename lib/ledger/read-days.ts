/**
 * Reads the kept days straight from the database, for the report page: some megabytes of typed arrays, which a message to the
 * worker and back would make text of, and whose copying would keep it from its badges. It only ever reads: it makes no database,
 * upgrades none and lets go of it at once. The worker stays the only writer.
 */
import { openDB } from 'idb';
import type { LeadKey } from '../lead/lead';
import type { StoredDay } from './kept-days';
import { ledgerName, ledgerVersion, sessionNote, wholeNote, type Database, type Schema } from './stores';

export interface StoredDays {
  readonly days: readonly StoredDay[];
  /** By lead, the session in which it was touched last. */
  readonly touched: ReadonlyMap<LeadKey, number>;
}

/** Days of one request: what is read meanwhile does not hold up the page. */
const daysAtOnce = 100;

/**
 * @param session what `beginDays` gave: whatever was touched since then is no part of the answer's promise.
 * @returns `null` where not every lead stands in a day yet, something of it is damaged, or the database can't be read.
 */
export async function readDays(session: number): Promise<StoredDays | null> {
  let db: Database | null = null;
  try {
    db = await openDB<Schema>(ledgerName, undefined, {
      // There is none: whoever reads makes none.
      upgrade(_db, _from, _to, transaction) {
        // Told once, by the opening.
        transaction.done.catch(() => {});
        transaction.abort();
      },
      blocking: () => db?.close(),
    });
    return db.version === ledgerVersion ? await read(db, session) : null;
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

async function read(db: Database, session: number): Promise<StoredDays | null> {
  // One transaction: days and notes are of one moment.
  const transaction = db.transaction(['days', 'touched', 'meta']);
  const meta = transaction.objectStore('meta');
  const [current, whole, notes, days] = await Promise.all([
    meta.get(sessionNote),
    meta.get(wholeNote),
    transaction.objectStore('touched').getAll(),
    readAll((range) => transaction.objectStore('days').getAll(range, daysAtOnce)),
  ]);
  if (whole === undefined || current === undefined || current.value < session || !days.every(isWhole)) return null;
  return { days, touched: new Map(notes.map((note) => [note.lead, note.session])) };
}

async function readAll(page: (range: IDBKeyRange | null) => Promise<StoredDay[]>): Promise<StoredDay[]> {
  const all: StoredDay[] = [];
  let found: StoredDay[];
  do {
    const last = all.at(-1);
    found = await page(last ? IDBKeyRange.lowerBound([last.day, last.part], true) : null);
    for (const day of found) all.push(day);
  } while (found.length === daysAtOnce);
  return all;
}

/** What lies in the database is untrusted; what the rows say is checked by whoever unpacks them. */
function isWhole(day: StoredDay): boolean {
  return (
    Number.isInteger(day.session) &&
    Number.isFinite(day.asOf) &&
    typeof day.basis === 'string' &&
    typeof day.faces === 'string' &&
    day.rows instanceof Uint8Array &&
    Array.isArray(day.leads) &&
    day.leads.every((lead) => typeof lead === 'string')
  );
}
