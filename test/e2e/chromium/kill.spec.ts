/**
 * The worker is killed two hundred times at random points of a day of acts and observations, the last of them while marketing
 * is at work. Invariants: what was acknowledged is in the ledger; nothing is in it twice; nothing is in it that nobody did; each
 * lead's clocks are those of its facts. Two pages work at once, and one that gets no answer asks again with the same instant,
 * as the panel does.
 */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { agreementOf } from '../../../lib/agreement/flat.ts';
import { readDocument } from '../../../lib/agreement/read.ts';
import { resolveAgreement } from '../../../lib/agreement/resolve.ts';
import { createCalendarCache } from '../../../lib/calendar/index.ts';
import { evaluate } from '../../../lib/clock/index.ts';
import type { Clock } from '../../../lib/clock/types.ts';
import type { Fact } from '../../../lib/lead/facts.ts';
import type { Lead } from '../../../lib/lead/lead.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { expect, test } from '../support/chromium.ts';

const kills = 200;
/** After so many, what is left of the day is marketing's. */
const killsOfSales = 140;
const seed = 20_261_123;
const origin = 'https://crm.example';
const leadsOfPage = 12;

type Json = Readonly<Record<string, unknown>>;

/** Numbers in [0, 1) that are the same at every run (mulberry32). */
function randomFrom(first: number): () => number {
  let state = first;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The id that the format of the ledger's file asks for: a hash of what a fact states. */
function factWithId(draft: Json): Json {
  const entries = Object.entries(draft).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...draft, id: createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 32) };
}

const keyOf = (recordId: string): string => `demo|${origin}|lead|${recordId}`;
const header = JSON.stringify({ format: 'relevo-ledger', version: 1, exportedAt: 0 });

/** Sends a message as our pages do; `null` when nobody answered, because the worker was killed. */
function send(page: Page, type: string, data: Json): Promise<{ res?: unknown; err?: unknown } | null> {
  return page.evaluate(
    ({ message }) =>
      Promise.race([
        chrome.runtime.sendMessage(message).catch(() => null),
        new Promise<null>((resolve) => {
          setTimeout(() => resolve(null), 600);
        }),
      ]),
    { message: { id: 1, type, data, timestamp: Date.now() } },
  );
}

/** Asks until there is an answer. */
async function ask(page: Page, type: string, data: Json): Promise<{ answer: unknown; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    const reply = await send(page, type, data);
    if (reply?.err) throw new Error(`${type}: ${JSON.stringify(reply.err)}`);
    if (reply && 'res' in reply) return { answer: reply.res, tries };
    if (tries === 60) throw new Error(`${type}: no answer`);
  }
}

async function exportedFacts(page: Page): Promise<Json[]> {
  const facts: Json[] = [];
  let after: string | undefined;
  do {
    const data = after === undefined ? {} : { after };
    const part = (await ask(page, 'exportPage', data)).answer as { lines: string[]; next?: string };
    for (const line of part.lines) {
      const entry = JSON.parse(line) as { fact?: Json };
      if (entry.fact) facts.push(entry.fact);
    }
    after = part.next;
  } while (after !== undefined);
  return facts;
}

/** What the model knows of a lead. */
interface ModelLead {
  paused: boolean;
  blocked: boolean;
  verdict: string | null;
  /** The flag that marketing has yet to answer. */
  flag: string | null;
}

interface StoredLead {
  readonly key: string;
  readonly lead: Lead;
  readonly clocks: readonly Clock[];
}

/** A store of the ledger as it lies on the disk. */
function stored<T>(page: Page, store: string): Promise<T[]> {
  return page.evaluate(
    (name) =>
      new Promise<never[]>((resolve, reject) => {
        const opening = indexedDB.open('relevo');
        opening.addEventListener('error', () => reject(opening.error as Error));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const reading = db.transaction(name).objectStore(name).getAll();
          reading.addEventListener('error', () => reject(reading.error as Error));
          reading.addEventListener('success', () => {
            db.close();
            resolve(reading.result as never[]);
          });
        });
      }),
    store,
  ) as Promise<T[]>;
}

interface Day {
  /** What each acknowledged act must have left, as text. */
  readonly expected: string[];
  /** Ids of what a CRM said. */
  readonly observed: string[];
  /** Until when a lead's reminders are silent. */
  readonly snoozed: Map<string, number>;
  /** How often what was done. */
  readonly did: Map<string, number>;
  acts: number;
  answers: number;
  retries: number;
}

const statement = (fact: Json): string =>
  [fact['lead'], fact['kind'], fact['at'], fact['text'] ?? fact['verdict'] ?? fact['channel'] ?? ''].join(' ');

const modelOf = (name: string): Map<string, ModelLead> =>
  new Map(
    Array.from({ length: leadsOfPage }, (_, index) => [
      keyOf(`${name}${index}`),
      { paused: false, blocked: false, verdict: null, flag: null },
    ]),
  );

interface ActReply {
  readonly ok: boolean;
  readonly code?: string;
  readonly facts?: readonly string[];
}

interface Part {
  readonly name: string;
  readonly side: 'sales' | 'marketing';
  readonly leads: ReadonlyMap<string, ModelLead>;
  readonly random: () => number;
  readonly over: () => boolean;
}

/** One page's part of the day: until `over`, something happens to one of its own leads. */
async function work(page: Page, { name, side, leads, random, over }: Part, day: Day): Promise<void> {
  let last = 0;
  const doing = async (those: readonly string[], act: Json): Promise<ActReply> => {
    // Every act of a page has an instant of its own.
    last = Math.max(last + 1, await page.evaluate(() => Date.now()));
    const { answer, tries } = await ask(page, 'act', { leads: those, act, askedAt: last });
    day.acts += 1;
    day.answers += 1;
    day.retries += tries - 1;
    const what = String(act['do']);
    day.did.set(what, (day.did.get(what) ?? 0) + 1);
    return answer as ActReply;
  };
  const note = (lead: string, kind: string, says: string): void =>
    void day.expected.push([lead, kind, last, says].join(' '));

  /** At once after it was done, of all leads that took it. */
  const undo = async (those: readonly string[], facts: readonly string[]): Promise<void> => {
    const reply = await doing(those, { do: 'undo', facts });
    expect(reply.facts, reply.code).toHaveLength(facts.length);
    for (const lead of those) note(lead, 'retraction', '');
  };

  /** A touch or a verdict on several at once; half of the time it is taken back. */
  const bulk = async (): Promise<void> => {
    const those = [...leads].filter(() => random() < 0.4);
    const isTouch = random() < 0.3;
    const takers = those.filter(([, { verdict }]) => isTouch || verdict !== 'accepted').map(([lead]) => lead);
    if (those.length === 0) return;
    const reply = await doing(
      those.map(([lead]) => lead),
      isTouch ? { do: 'touch', channel: 'email' } : { do: 'accept' },
    );
    expect(reply.ok, reply.code).toBe(takers.length > 0);
    expect(reply.facts ?? []).toHaveLength(takers.length);
    for (const lead of takers) note(lead, isTouch ? 'touch' : 'verdict', isTouch ? 'email' : 'accepted');
    if (takers.length > 0 && random() < 0.5) return undo(takers, reply.facts ?? []);
    if (!isTouch) for (const lead of takers) (leads.get(lead) as ModelLead).verdict = 'accepted';
    return undefined;
  };

  const snooze = async (lead: string): Promise<void> => {
    const until = random() < 0.3 ? null : Date.now() + 3_600_000 + Math.floor(random() * 1_000);
    expect((await ask(page, 'snooze', { leads: [lead], until })).answer).toEqual({ ok: true });
    day.answers += 1;
    if (until === null) day.snoozed.delete(lead);
    else day.snoozed.set(lead, until);
  };

  for (let step = 0; !over(); step += 1) {
    const [lead = '', model] = [...leads][Math.floor(random() * leads.size)] ?? [];
    if (!model) throw new Error('no lead');
    const pick = random();
    const rare = random();
    if (pick < 0.15) {
      last = Math.max(last + 1, await page.evaluate(() => Date.now()));
      await observe(page, lead, last, day);
    } else if (rare < 0.08) await snooze(lead);
    else if (rare < 0.2 && side === 'sales') await bulk();
    else {
      const act = side === 'sales' ? actFor(pick, model, `${name} ${step}`) : answerFor(pick, model, `${name} ${step}`);
      const reply = await doing([lead], act.act);
      expect(reply.ok, `${JSON.stringify(act.act)} ${reply.code ?? ''}`).toBe(act.taken);
      if (!act.taken) continue;
      expect(reply.facts).toHaveLength(1);
      note(lead, act.kind, act.says);
      if (rare > 0.85) await undo([lead], reply.facts ?? []);
      else act.keep(reply.facts?.[0] ?? '');
    }
  }
}

interface Planned {
  readonly act: Json;
  readonly kind: string;
  readonly says: string;
  /** Whether the rules allow it. */
  readonly taken: boolean;
  readonly keep: (fact: string) => void;
}

function actFor(pick: number, model: ModelLead, text: string): Planned {
  const nothing = (): void => {};
  if (pick < 0.45) return { act: { do: 'note', text }, kind: 'note', says: text, taken: true, keep: nothing };
  if (pick < 0.6)
    return { act: { do: 'touch', channel: 'call' }, kind: 'touch', says: 'call', taken: true, keep: nothing };
  if (pick < 0.75) {
    const turn = model.paused ? 'resume' : 'pause';
    const act = turn === 'pause' ? { do: turn, reason: 'holiday' } : { do: turn };
    return { act, kind: turn, says: '', taken: true, keep: () => (model.paused = !model.paused) };
  }
  if (pick < 0.8)
    return { act: { do: 'resume' }, kind: 'resume', says: '', taken: model.paused, keep: () => (model.paused = false) };
  if (pick < 0.9)
    return {
      act: { do: 'block', needs: 'the contract' },
      kind: 'blocked',
      says: '',
      taken: !model.blocked,
      keep: () => (model.blocked = true),
    };
  const verdict = pick < 0.95 ? 'accepted' : 'rejected';
  return {
    act: verdict === 'accepted' ? { do: 'accept' } : { do: 'reject', reason: 'spam' },
    kind: 'verdict',
    says: verdict,
    taken: model.verdict !== verdict,
    keep: () => (model.verdict = verdict),
  };
}

/** What marketing does: flags, answers to them, notes. */
function answerFor(pick: number, model: ModelLead, text: string): Planned {
  const { flag } = model;
  if (pick < 0.4) return { act: { do: 'note', text }, kind: 'note', says: text, taken: true, keep: () => {} };
  if (flag !== null && pick < 0.85)
    return {
      act: { do: 'answer', fact: flag, answer: 'fixed' },
      kind: 'flag-answer',
      says: '',
      taken: true,
      keep: () => (model.flag = null),
    };
  return {
    act: { do: 'flag', axis: 'fit', reason: 'spam' },
    kind: 'flag',
    says: '',
    taken: flag === null,
    keep: (fact) => (model.flag = fact),
  };
}

/** What a CRM said of a lead, as a colleague's file brings it. */
async function observe(page: Page, lead: string, at: number, day: Day): Promise<void> {
  const fact = factWithId({
    lead,
    at,
    author: 'crm:demo',
    evidence: 'crm-activity',
    kind: 'inbound',
    channel: 'email',
  });
  const text = `${header}\n${JSON.stringify({ fact })}`;
  const { answer } = await ask(page, 'importChunk', { text, line: 1, last: false });
  expect(answer).toMatchObject({ ok: true, bad: 0 });
  day.answers += 1;
  day.observed.push(String(fact['id']));
}

const pause = (page: Page, ms: number): Promise<void> =>
  page.evaluate((time) => new Promise<void>((resolve) => setTimeout(resolve, time)), ms);

async function start(extension: Launched, name: string, at: number): Promise<Page> {
  const page = await extension.openExtensionPage('options.html#health');
  const lines = Array.from({ length: leadsOfPage }, (_, index) => {
    const id = { crm: 'demo', origin, object: 'lead', recordId: `${name}${index}` };
    const lead = { key: keyOf(id.recordId), id, fields: { name: id.recordId }, seenAt: at };
    const handOff = factWithId({ lead: lead.key, at, author: 'crm:demo', evidence: 'crm-field', kind: 'hand-off' });
    return [JSON.stringify({ lead }), JSON.stringify({ fact: handOff })].join('\n');
  });
  await ask(page, 'importChunk', { text: [header, ...lines].join('\n'), line: 1, last: true });
  return page;
}

const agreement = demoAgreement(Date.now());

test.use({ relevo: { launchOptions: {}, agreement } });

test(`${kills} deaths of the worker in a day lose nothing that was acknowledged and keep nothing twice`, async ({
  extension,
}) => {
  // Under a minute by itself; a machine that does other work is slower at starting workers.
  test.setTimeout(120_000);
  const random = randomFrom(seed);
  const at = Date.now() - 3_600_000;
  const pages = [await start(extension, 'a', at), await start(extension, 'b', at)] as const;
  const person = {
    schema: 2,
    language: 'browser',
    side: 'sales',
    name: 'Ana',
    follows: [],
    badge: 'full',
    reminders: { on: false },
    names: 'shown',
  };
  expect((await ask(pages[0], 'savePerson', { person })).answer).toEqual({ ok: true });

  const day: Day = {
    expected: [],
    observed: [],
    snoozed: new Map(),
    did: new Map(),
    acts: 0,
    answers: 0,
    retries: 0,
  };
  const session = await extension.context.newCDPSession(pages[0]);
  await session.send('ServiceWorker.enable');
  let done = 0;
  const killing = (async () => {
    for (; done < kills; done += 1) {
      // A worker that dies before it has started anything would prove nothing.
      const before = day.answers;
      for (const since = Date.now(); day.answers === before && Date.now() - since < 250;) await pause(pages[0], 10);
      await pause(pages[0], random() * 40);
      await session.send('ServiceWorker.stopAllWorkers');
    }
  })();
  const parts = (['a', 'b'] as const).map((name, index) => ({
    name,
    leads: modelOf(name),
    random: randomFrom(seed + 1 + index),
  }));
  const together = (side: Part['side'], until: number): Promise<unknown> =>
    Promise.all(
      parts.map((part, index) => work(pages[index] as Page, { ...part, side, over: () => done >= until }, day)),
    );
  await Promise.all([
    killing,
    (async () => {
      await together('sales', killsOfSales);
      expect((await ask(pages[0], 'savePerson', { person: { ...person, side: 'marketing' } })).answer).toEqual({
        ok: true,
      });
      await together('marketing', kills);
    })(),
  ]);

  const facts = await exportedFacts(pages[0]);
  const said = facts.filter(({ evidence }) => evidence === 'person').map(statement);
  expect(said.toSorted()).toEqual(day.expected.toSorted());
  const inbound = facts.filter(({ kind }) => kind === 'inbound').map(({ id }) => String(id));
  expect(inbound.toSorted()).toEqual(day.observed.toSorted());
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);

  const snoozed = await stored<{ lead: string; until: number }>(pages[0], 'snoozes');
  expect(new Map(snoozed.map(({ lead, until }) => [lead, until]))).toEqual(day.snoozed);

  const read = readDocument(agreement);
  if (!read.ok) throw new Error('The agreement of this test can’t be read');
  const zone = await pages[0].evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const resolved = resolveAgreement(agreementOf(read.document), zone);
  const calendars = createCalendarCache();
  const factsOf = Map.groupBy(facts as unknown as readonly Fact[], ({ lead }) => lead);
  const leads = await stored<StoredLead>(pages[0], 'leads');
  expect(leads).toHaveLength(2 * leadsOfPage);
  for (const { key, lead, clocks } of leads) {
    const [{ asOf } = { asOf: Number.NaN }] = clocks;
    expect(clocks, key).toEqual(evaluate(lead, factsOf.get(key) ?? [], [resolved], calendars, asOf));
  }

  // Every kind of act was part of it.
  for (const what of ['accept', 'touch', 'undo', 'flag', 'answer'])
    expect(day.did.get(what) ?? 0, what).toBeGreaterThan(2);
  expect(day.snoozed.size).toBeGreaterThan(2);
  // The day was one, and the worker did die while it was at work.
  expect(day.acts).toBeGreaterThan(100);
  expect(day.retries).toBeGreaterThan(10);
});
