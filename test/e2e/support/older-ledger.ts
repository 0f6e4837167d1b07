/** A ledger as an earlier version of the extension left it, and what is in one. Both run in a page of the extension. */

interface Line {
  readonly fact?: { readonly id: string };
  readonly lead?: { readonly key: string };
}

/**
 * Puts a database of version 4 in the place of the one that is there: the same leads, and each of their facts by itself. The worker
 * lets go when its database is deleted, and what it opens next waits until the older one is whole.
 * @returns how many facts it has.
 */
export async function makeOlderLedger(): Promise<number> {
  const asked = <Answer>(request: IDBRequest<Answer>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('refused')));
    });
  const newer = await asked(indexedDB.open('relevo'));
  const reading = newer.transaction(['leads', 'histories']);
  const [leads, histories] = await Promise.all(
    ['leads', 'histories'].map((name) => asked(reading.objectStore(name).getAll())),
  );
  newer.close();
  const facts = (histories as { readonly facts: readonly object[] }[]).flatMap((history) => history.facts);
  const deleting = asked(indexedDB.deleteDatabase('relevo'));
  const opening = indexedDB.open('relevo', 4);
  opening.addEventListener('upgradeneeded', () => {
    const db = opening.result;
    const ofLeads = db.createObjectStore('leads', { keyPath: 'key' });
    for (const name of ['attention', 'nextChangeAt', 'projection']) ofLeads.createIndex(name, name);
    ofLeads.createIndex('dupes', 'dupes', { multiEntry: true });
    const ofFacts = db.createObjectStore('facts', { keyPath: 'id' });
    ofFacts.createIndex('lead', 'lead');
    ofFacts.createIndex('instant', ['at', 'id']);
    db.createObjectStore('aggregates', { keyPath: ['day', 'crm', 'kind', 'what', 'reason', 'source'] });
    db.createObjectStore('snoozes', { keyPath: 'lead' }).createIndex('until', 'until');
    db.createObjectStore('forgotten', { keyPath: 'hash' });
    db.createObjectStore('meta', { keyPath: 'name' });
    db.createObjectStore('due', { keyPath: 'bucket' });
    db.createObjectStore('days', { keyPath: ['day', 'part'] }).createIndex('lead', 'leads', { multiEntry: true });
    db.createObjectStore('touched', { keyPath: 'lead' });
    for (const lead of leads ?? []) ofLeads.put(lead);
    for (const fact of facts) ofFacts.put(fact);
  });
  await deleting;
  const older = await asked(opening);
  older.close();
  return facts.length;
}

/** All that the worker's export says, in an order of its own. */
export async function wholeLedger(): Promise<string[]> {
  const named: string[] = [];
  let after: string | undefined;
  do {
    const data = after === undefined ? {} : { after };
    const answer = await chrome.runtime.sendMessage({ id: 1, type: 'exportPage', data, timestamp: Date.now() });
    const { lines, next } = (answer as { readonly res: { readonly lines: readonly string[]; readonly next?: string } })
      .res;
    for (const line of lines) {
      const { fact, lead } = JSON.parse(line) as Line;
      if (fact ?? lead) named.push(line);
    }
    after = next;
  } while (after !== undefined);
  return named.sort();
}

/** The version of the database that is there, and the names of its stores. */
export async function ledgerShape(): Promise<{ version: number; stores: string[] }> {
  const opening = indexedDB.open('relevo');
  return new Promise((resolve, reject) => {
    opening.addEventListener('error', () => reject(opening.error ?? new Error('refused')));
    opening.addEventListener('success', () => {
      const { version, objectStoreNames } = opening.result;
      opening.result.close();
      resolve({ version, stores: [...objectStoreNames] });
    });
  });
}
