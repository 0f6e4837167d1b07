/**
 * The worker is killed two hundred times at random points of a day of acts and observations. Invariants: what was
 * acknowledged is in the ledger; nothing is in it twice; nothing is in it that nobody did. Two pages work at once, and one
 * that gets no answer asks again with the same instant, as the panel does.
 */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { expect, test } from '../support/chromium.ts';

const kills = 200;
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
}

interface Day {
  /** What each acknowledged act must have left, as text. */
  readonly expected: string[];
  /** Ids of what a CRM said. */
  readonly observed: string[];
  acts: number;
  answers: number;
  retries: number;
}

const statement = (fact: Json): string =>
  [fact['lead'], fact['kind'], fact['at'], fact['text'] ?? fact['verdict'] ?? fact['channel'] ?? ''].join(' ');

/** One page's part of the day: until `over`, something happens to one of its own leads. */
async function work(page: Page, name: string, day: Day, random: () => number, over: () => boolean): Promise<void> {
  const leads = new Map<string, ModelLead>();
  for (let index = 0; index < leadsOfPage; index += 1)
    leads.set(`${name}${index}`, { paused: false, blocked: false, verdict: null });
  let last = 0;
  for (let step = 0; !over(); step += 1) {
    const [recordId = '', model] = [...leads][Math.floor(random() * leads.size)] ?? [];
    if (!model) throw new Error('no lead');
    // Every act of a page has an instant of its own.
    last = Math.max(last + 1, await page.evaluate(() => Date.now()));
    const lead = keyOf(recordId);
    const pick = random();
    if (pick < 0.2) {
      await observe(page, lead, last, day);
      continue;
    }
    const act = actFor(pick, model, `${name} ${step}`);
    const { answer, tries } = await ask(page, 'act', {
      leads: [lead],
      act: act.act,
      askedAt: last,
    });
    const reply = answer as { ok: boolean; code?: string; facts?: string[] };
    day.acts += 1;
    day.answers += 1;
    day.retries += tries - 1;
    expect(reply.ok, `${JSON.stringify(act.act)} ${reply.code ?? ''}`).toBe(act.taken);
    if (!act.taken) continue;
    expect(reply.facts).toHaveLength(1);
    act.keep();
    day.expected.push([lead, act.kind, last, act.says].join(' '));
  }
}

interface Planned {
  readonly act: Json;
  readonly kind: string;
  readonly says: string;
  /** Whether the rules allow it. */
  readonly taken: boolean;
  readonly keep: () => void;
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

test.use({ relevo: { launchOptions: {}, agreement: demoAgreement(Date.now()) } });

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

  const day: Day = { expected: [], observed: [], acts: 0, answers: 0, retries: 0 };
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
  const isOver = (): boolean => done >= kills;
  await Promise.all([
    killing,
    work(pages[0], 'a', day, randomFrom(seed + 1), isOver),
    work(pages[1], 'b', day, randomFrom(seed + 2), isOver),
  ]);

  const facts = await exportedFacts(pages[0]);
  const said = facts.filter(({ evidence }) => evidence === 'person').map(statement);
  expect(said.toSorted()).toEqual(day.expected.toSorted());
  const inbound = facts.filter(({ kind }) => kind === 'inbound').map(({ id }) => String(id));
  expect(inbound.toSorted()).toEqual(day.observed.toSorted());
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  // The day was one, and the worker did die while it was at work.
  expect(day.acts).toBeGreaterThan(100);
  expect(day.retries).toBeGreaterThan(10);
});
