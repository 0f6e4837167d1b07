/**
 * Fills the ledger of a scratch profile, as the worker would have over a year: straight into its database, because half a million
 * facts through the worker would take the bench longer than what it measures. Runs in a page of the extension as text: it must
 * stand alone.
 */

export interface Filling {
  readonly leads: number;
  readonly factsEach: number;
  /** Epoch ms; the facts lie in the year before. */
  readonly now: number;
}

export async function fillLedger({ leads, factsEach, now }: Filling): Promise<void> {
  const [hour, year] = [3_600_000, 365 * 86_400_000];
  const kinds = ['hand-off', 'touch', 'verdict', 'flag', 'touch', 'inbound', 'touch', 'pause', 'resume', 'disposition'];
  const random = (seed: number): number => ((seed * 2_654_435_761) >>> 0) / 4_294_967_296;
  const one = <Value>(values: readonly Value[], seed: number): Value | undefined =>
    values[Math.floor(random(seed) * values.length)];
  const contentOf = (place: number, seed: number): object => {
    switch (kinds[place % kinds.length] ?? 'hand-off') {
      case 'touch':
        return { kind: 'touch', channel: 'call' };
      case 'inbound':
        return { kind: 'inbound', channel: 'email' };
      case 'verdict': {
        const verdict = one(['accepted', 'accepted', 'rejected', 'recycled'], seed);
        return { kind: 'verdict', verdict, reason: one(['fit', 'timing'], seed + 1) };
      }
      case 'flag':
        return random(seed) < 0.3
          ? { kind: 'flag', axis: 'readiness', reason: 'data', data: true }
          : { kind: 'note', text: 'called' };
      case 'pause':
        return { kind: 'pause', reason: 'waiting' };
      case 'resume':
        return { kind: 'resume' };
      case 'disposition':
        return { kind: 'disposition', outcome: one(['won', 'lost', 'converted', 'closed'], seed) };
      default:
        return { kind: 'hand-off' };
    }
  };
  const recordOf = (index: number, projection: string): object => {
    const id = { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: String(index) };
    const key = `demo|https://crm.example|lead|${index}`;
    const fields = {
      name: `Lead ${index}`,
      company: `Company ${index % 700}`,
      source: `source ${index % 40}`,
      campaign: `campaign ${index % 200}`,
      tier: ['hot', 'warm', 'cold'][index % 3],
      status: 'working',
      ownerId: `rep ${index % 60}`,
      owner: `Rep ${index % 60}`,
    };
    return { key, lead: { key, id, fields, seenAt: now }, clocks: [], projection };
  };
  const factOf = (index: number, place: number): { readonly at: number } => {
    const seed = index * factsEach + place;
    const start = now - Math.floor(random(index) * year);
    const at = Math.min(now, start + Math.floor(place * 6 * hour * random(seed)));
    const lead = `demo|https://crm.example|lead|${index}`;
    const base = { id: seed.toString(16).padStart(32, '0'), lead, at, author: 'crm:demo', evidence: 'crm-activity' };
    return Object.assign(base, { recordedAt: at }, contentOf(place, seed + 7));
  };
  // One lead through the worker, so that it makes the database and says by which agreement it computes clocks.
  const begin = async (): Promise<IDBDatabase> => {
    const id = { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: 'first' };
    const lead = { key: 'demo|https://crm.example|lead|first', id, fields: { name: 'First' }, seenAt: now };
    const header = { format: 'relevo-ledger', version: 1, exportedAt: now };
    const data = { text: `${JSON.stringify(header)}\n${JSON.stringify({ lead })}`, line: 1, last: true };
    await chrome.runtime.sendMessage({ id: 0, type: 'importChunk', data, timestamp: now });
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open('relevo');
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
    });
  };
  const db = await begin();
  const asked = <Answer>(request: IDBRequest<Answer>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('refused')));
    });
  let projection = '';
  // Its clocks are computed a moment after it came in.
  while (projection === '') {
    const found = await asked(db.transaction('leads').objectStore('leads').getAll(null, 1));
    projection = (found as { readonly projection: string }[])[0]?.projection ?? '';
  }
  const atOnce = 500;
  for (let first = 0; first < leads; first += atOnce) {
    const transaction = db.transaction(['leads', 'histories'], 'readwrite', { durability: 'relaxed' });
    const done = new Promise((resolve, reject) => {
      transaction.addEventListener('complete', resolve);
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
    });
    for (let index = first; index < Math.min(leads, first + atOnce); index += 1) {
      transaction.objectStore('leads').put(recordOf(index, projection));
      const facts = Array.from({ length: factsEach }, (_, place) => factOf(index, place));
      const newest = Math.max(...facts.map(({ at }) => at));
      transaction
        .objectStore('histories')
        .put({ lead: `demo|https://crm.example|lead|${index}`, part: 0, newest, facts });
    }
    await done;
  }
  db.close();
}

/** Notes every `each`th lead as changed since its day was kept. @returns how many. */
export async function touchLeads({ leads, each }: { leads: number; each: number }): Promise<number> {
  const opening = indexedDB.open('relevo');
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
  });
  const transaction = db.transaction(['meta', 'touched'], 'readwrite');
  const request = transaction.objectStore('meta').get('days-session');
  const session = await new Promise<number>((resolve) =>
    request.addEventListener('success', () => resolve((request.result as { readonly value: number }).value)),
  );
  let count = 0;
  for (let index = 0; index < leads; index += each) {
    transaction.objectStore('touched').put({ lead: `demo|https://crm.example|lead|${index}`, session });
    count += 1;
  }
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  db.close();
  return count;
}

/** Asks the worker again and again until all days are kept. @returns the longest wait for an answer, ms. */
export async function longestAnswerWhileKept(): Promise<number> {
  const isWhole = async (): Promise<boolean> => {
    const opening = indexedDB.open('relevo');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const request = opening.result.transaction('meta').objectStore('meta').get('days-whole');
    await new Promise((resolve) => request.addEventListener('success', resolve));
    opening.result.close();
    return request.result !== undefined;
  };
  let longest = 0;
  let looked = 0;
  for (;;) {
    const asked = performance.now();
    await chrome.runtime.sendMessage({ id: 1, type: 'viewers', data: {}, timestamp: Date.now() });
    longest = Math.max(longest, performance.now() - asked);
    if (asked - looked > 500) {
      if (await isWhole()) return longest;
      looked = asked;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
