/**
 * A ledger that is none, for the report page's bench: it answers `exportPage` in the page itself, with leads that are made up
 * when they are asked for, so that what is measured is the page and not how long a file takes to come in. Runs in the browser
 * as text: it must stand alone.
 */

export interface Invented {
  readonly leads: number;
  readonly factsEach: number;
  /** Epoch ms; the facts lie in the year before. */
  readonly now: number;
}

/** What the page tells the bench. */
export interface LedgerWindow {
  /** ms that making up the leads took; no part of the page's work. */
  inventing: number;
}

interface Message {
  readonly type?: string;
  readonly data?: { readonly after?: string };
}

export function inventLedger({ leads, factsEach, now }: Invented): void {
  const own = globalThis as unknown as LedgerWindow;
  own.inventing = 0;
  const [hour, year] = [3_600_000, 365 * 86_400_000];
  const perPage = 200;
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
  const linesOf = (index: number): string[] => {
    const id = { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: String(index) };
    const key = `demo|https://crm.example|lead|${index}`;
    const start = now - Math.floor(random(index) * year);
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
    const lines = [JSON.stringify({ lead: { key, id, fields, seenAt: now } })];
    for (let place = 0; place < factsEach; place += 1) {
      const seed = index * factsEach + place;
      const at = Math.min(now, start + Math.floor(place * 6 * hour * random(seed)));
      const base = { id: `${index}-${place}`, lead: key, at, author: 'crm:api', evidence: 'api', recordedAt: at };
      lines.push(JSON.stringify({ fact: Object.assign(base, contentOf(place, seed + 7)) }));
    }
    return lines;
  };
  const page = (after: string | undefined): object => {
    const began = performance.now();
    const first = after === undefined ? 0 : Number(after);
    const end = Math.min(leads, first + perPage);
    const lines: string[] = [];
    for (let index = first; index < end; index += 1) lines.push(...linesOf(index));
    own.inventing += performance.now() - began;
    return end < leads ? { lines, next: String(end) } : { lines };
  };
  const { runtime } = chrome;
  const ask: (message: unknown) => Promise<unknown> = runtime.sendMessage.bind(runtime);
  const answer = async (message: Message): Promise<unknown> => {
    if (message.type === 'exportPage') return { res: page(message.data?.after) };
    const given = (await ask(message)) as { readonly res?: object };
    return message.type === 'reportTerms' ? { ...given, res: { ...given.res, leads } } : given;
  };
  // Asked with a promise or with a callback, as whoever asks likes.
  const answered = (message: Message, told?: unknown): Promise<unknown> => {
    const given = answer(message);
    if (typeof told === 'function') void given.then((value) => told(value) as unknown);
    return given;
  };
  runtime.sendMessage = answered as typeof runtime.sendMessage;
}
