import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { completed } from '../../../lib/agreement/defaults';
import { agreementSchema } from '../../../lib/agreement/schema';
import type { Fact } from '../../../lib/lead/facts';
import type { LeadFields, Observation } from '../../../lib/lead/lead';
import { viewsAfter, type Views } from '../../../lib/lead/readable';
import type { QualityRule } from '../../../lib/lead/quality-rules';
import { duplicateKeys, flagsOf, flagsOfAll } from '../../../lib/worker/quality';
import { learnShownFields } from '../../../lib/worker/shown-fields';
import { qualityLists } from '../../tools/quality-lists';
import { alwaysOpen, hour, keyOf, monday, restartWorker, seen, startWorker } from './support';

const files = new Map(qualityLists().map(({ relativeDest, contents }) => [relativeDest, contents]));

const addressOf = (input: RequestInfo | URL): string => (input instanceof Request ? input.url : input.toString());

/** Serves the extension's own files, as the build makes them, and counts who asks. */
function serve(broken: ReadonlySet<string> = new Set()) {
  vi.spyOn(fakeBrowser.runtime, 'getURL').mockImplementation((path: string) => `chrome-extension://relevo${path}`);
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const path = new URL(addressOf(input)).pathname.slice(1);
    const contents = files.get(path);
    return contents === undefined || broken.has(path) ? new Response('', { status: 404 }) : new Response(contents);
  });
}

const asked = (spy: ReturnType<typeof serve>): string[] =>
  spy.mock.calls.map(([input]) => new URL(addressOf(input)).pathname).toSorted();

const inForce = (quality: readonly QualityRule[], more: object = {}) => ({
  agreement: completed(agreementSchema.parse({ ...alwaysOpen, quality, ...more })),
});

function record(recordId: string, fields: LeadFields, views?: Views) {
  const { id, seenAt } = seen(recordId, monday, fields);
  const key = keyOf(recordId);
  return { key, lead: { key, id, seenAt, fields }, ...(views === undefined ? {} : { views }) };
}

const all: readonly QualityRule[] = [
  { id: 'free', rule: 'free-mail' },
  { id: 'phone', rule: 'phone', country: 'ES' },
  { id: 'twice', rule: 'duplicate', by: ['email', 'phone', 'name-company'] },
];

describe('lists', () => {
  it('are fetched from the extension itself, once, and only when a rule needs them', async () => {
    const fetching = serve();
    const { context } = await startWorker();
    await flagsOf(record('1', { email: 'ana' }), [], inForce([{ id: 'm', rule: 'mail-syntax' }]), context);
    await flagsOf(record('1', { name: 'Ana' }), [], inForce(all), context);
    expect(asked(fetching)).toEqual([]);
    await flagsOf(record('1', { email: 'ana@gmail.com' }), [], inForce(all), context);
    await flagsOf(record('2', { email: 'bo@gmail.com' }), [], inForce(all), context);
    expect(asked(fetching)).toEqual(['/lists/disposable-mail.txt', '/lists/free-mail.txt']);
    await flagsOf(record('3', { phone: '600' }), [], inForce(all), context);
    expect(asked(fetching)).toHaveLength(3);
    expect(
      fetching.mock.calls.every(([input]) => addressOf(input).startsWith('chrome-extension://relevo/lists/')),
    ).toBe(true);
  });

  it.each([
    ['ana@gmail.com', 'free-mail'],
    ['ana@HOTMAIL.es', 'free-mail'],
    ['ana@web.de', 'free-mail'],
    ['ana@tutanota.com', 'free-mail'],
    ['ana@mailinator.com', 'disposable-mail'],
    ['ana@inbox.mailinator.com', 'disposable-mail'],
    ['ana@acme.example', null],
    ['ana@gmail.com.acme.example', null],
    ['ana@example.com', null],
    ['ana@com', null],
  ])('know %s: %s', async (email, code) => {
    serve();
    const { context } = await startWorker();
    const found = await flagsOf(record('1', { email }), [], inForce([{ id: 'free', rule: 'free-mail' }]), context);
    expect(found.map(({ what }) => what.code)).toEqual(code === null ? [] : [code]);
  });

  it('that cannot be read silence their rule and no other, and are asked for again', async () => {
    const { context } = await startWorker();
    const rules = inForce(all);
    const lead = record('1', { email: 'ana@gmail.com', phone: '600' });
    serve(new Set(['lists/free-mail.txt']));
    expect(await flagsOf(lead, [], rules, context)).toMatchObject([{ rule: 'phone' }]);
    serve();
    expect(await flagsOf(lead, [], rules, context)).toMatchObject([{ rule: 'free' }, { rule: 'phone' }]);
  });

  it('hold domains only, one a line, sorted, and no domain is in both', () => {
    const [free, disposable] = ['lists/free-mail.txt', 'lists/disposable-mail.txt'].map(
      (file) => files.get(file)?.trimEnd().split('\n') ?? [],
    ) as [string[], string[]];
    for (const list of [free, disposable]) {
      expect(list.length).toBeGreaterThan(5_000);
      expect(list.filter((line) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(line))).toEqual([]);
      expect(list).toEqual([...new Set(list)].toSorted());
    }
    const throwAway = new Set(disposable);
    expect(free.filter((domain) => throwAway.has(domain))).toEqual([]);
    // Every sub-domain of what stands here counts as thrown away.
    for (const suffix of ['com', 'co.uk', 'com.ar', 'com.es', 'org.uk', 'com.br'])
      expect(throwAway.has(suffix)).toBe(false);
  });
});

describe('duplicates', () => {
  const fields = { email: 'Ana@acme.example', phone: '600 12 34 56', name: 'Ana', company: 'Acme S.L.' };

  async function store(context: Parameters<typeof flagsOf>[3], recordId: string, values: LeadFields) {
    const dupes = await duplicateKeys(values, inForce(all), context);
    const { key, lead } = record(recordId, values);
    await context.withLedger((ledger) => ledger.save([{ key, lead, clocks: [], projection: 'test', dupes }], []));
  }

  it('keys say mail, phone, and name with company, and only what the agreement asks for', async () => {
    const fetching = serve();
    const { context } = await startWorker();
    expect(await duplicateKeys(fields, inForce(all), context)).toEqual([
      'm:ana@acme.example',
      'p:+34600123456',
      'n:ana|acme',
    ]);
    const before = asked(fetching).length;
    const byMail = inForce([{ id: 'twice', rule: 'duplicate', by: ['email'] }]);
    expect(await duplicateKeys(fields, byMail, restartWorker(monday).context)).toEqual(['m:ana@acme.example']);
    expect(asked(fetching)).toHaveLength(before);
    expect(await duplicateKeys(fields, inForce([]), context)).toEqual([]);
  });

  it('are found in the ledger, written differently, and never the lead itself', async () => {
    serve();
    const { context } = await startWorker();
    await store(context, '1', fields);
    expect(await flagsOf(record('1', fields), [], inForce(all), context)).toEqual([]);
    await store(context, '2', { name: 'ANA', company: 'ACME', phone: '+34 600-123-456' });
    expect(await flagsOf(record('1', fields), [], inForce(all), context)).toMatchObject([
      { rule: 'twice', what: { by: 'phone', leads: [keyOf('2')], count: 1 } },
    ]);
  });

  it('of a page of leads cost one question to the ledger', async () => {
    serve();
    const { context } = await startWorker();
    await store(context, '1', fields);
    await store(context, '2', fields);
    const ledger = await context.ledger();
    const asking = vi.spyOn(ledger, 'duplicatesOf');
    const leads = Array.from({ length: 200 }, (_, index) => ({ record: record(String(index), fields), facts: [] }));
    const found = await flagsOfAll(leads, inForce(all), context);
    expect(asking).toHaveBeenCalledTimes(1);
    expect(found.size).toBe(200);
  });

  it('say nothing when the ledger cannot be read, and the person is told', async () => {
    serve();
    const { context } = await startWorker();
    vi.spyOn(context, 'withLedger').mockRejectedValue(new Error('gone'));
    expect(await flagsOf(record('1', { ...fields, phone: '600' }), [], inForce(all), context)).toMatchObject([
      { rule: 'phone' },
    ]);
    expect(await context.problems()).toMatchObject([{ code: 'ledger-unavailable' }]);
  });
});

describe('required fields', () => {
  const need = inForce([{ id: 'need', rule: 'required', fields: ['email', 'phone'] }]);
  const page = (fields: LeadFields, surface: 'list' | 'record', missing: Observation['missing'] = []) =>
    seen('1', monday, fields, { source: 'page', surface, missing });
  const missingOf = async (observations: readonly Observation[], context: Parameters<typeof flagsOf>[3]) => {
    let views: Views | undefined;
    for (const observation of observations) views = viewsAfter(views, observation);
    return (await flagsOf(record('1', { name: 'Ana' }, views), [], need, context)).map(({ field }) => field);
  };

  it('are missing only where the page or API could have shown them', async () => {
    const { context } = await startWorker();
    await learnShownFields(
      [page({ name: 'Bo', email: 'bo@acme.example' }, 'list'), page({ phone: '1' }, 'record')],
      context,
    );
    expect(await missingOf([], context)).toEqual([]);
    expect(await missingOf([page({ name: 'Ana' }, 'list')], context)).toEqual(['email']);
    expect(await missingOf([page({ name: 'Ana' }, 'list'), page({ name: 'Ana' }, 'record')], context)).toEqual([
      'email',
      'phone',
    ]);
    expect(await missingOf([seen('1', monday, { name: 'Ana' })], context)).toEqual([]);
  });

  it('are unknown where the last reading failed on them, until one does not', async () => {
    const { context } = await startWorker();
    await learnShownFields([page({ email: 'bo@acme.example' }, 'list')], context);
    expect(await missingOf([page({}, 'list', ['email'])], context)).toEqual([]);
    expect(await missingOf([page({}, 'list', ['email']), page({}, 'list')], context)).toEqual(['email']);
  });

  it('are learnt of each CRM and record type apart, and remembered when the worker stops', async () => {
    const { context } = await startWorker();
    await learnShownFields([page({ email: 'bo@acme.example' }, 'list')], context);
    const again = restartWorker(monday).context;
    expect(await missingOf([page({}, 'list')], again)).toEqual(['email']);
    const other = record('1', {}, { list: [] });
    const elsewhere = { ...other, lead: { ...other.lead, id: { ...other.lead.id, object: 'deal' } } };
    expect(await flagsOf(elsewhere, [], need, again)).toEqual([]);
  });

  it('cost a write only when a field is seen for the first time', async () => {
    const { context } = await startWorker();
    const writing = vi.spyOn(fakeBrowser.storage.local, 'set');
    const looks = Array.from({ length: 200 }, () => page({ email: 'bo@acme.example' }, 'list'));
    await learnShownFields(looks, context);
    await learnShownFields(looks, context);
    expect(writing).toHaveBeenCalledTimes(1);
    await learnShownFields([page({ email: 'bo@acme.example', phone: '1' }, 'list')], context);
    expect(writing).toHaveBeenCalledTimes(2);
  });

  it('are not forgotten when two pages teach at once', async () => {
    const { context } = await startWorker();
    await Promise.all([
      learnShownFields([page({ email: 'bo@acme.example' }, 'list')], context),
      learnShownFields([page({ phone: '1' }, 'list')], context),
    ]);
    expect(await missingOf([page({}, 'list')], restartWorker(monday).context)).toEqual(['email', 'phone']);
  });

  it('take nothing from damaged storage', async () => {
    const { context } = await startWorker();
    await fakeBrowser.storage.local.set({ shownFields: { x: { list: ['email', '<b>'] } } });
    expect(await missingOf([page({}, 'list')], context)).toEqual([]);
  });

  it('are bounded: a page that makes up record types fills no storage', async () => {
    const { context } = await startWorker();
    const made = Array.from({ length: 1_000 }, (_, index) => {
      const one = page({ email: 'x' }, 'list');
      return { ...one, id: { ...one.id, object: `object-${index}` } };
    });
    await learnShownFields(made, context);
    const { shownFields } = await fakeBrowser.storage.local.get('shownFields');
    expect(Object.keys(shownFields as object)).toHaveLength(200);
  });
});

describe('what the agreement says', () => {
  const fact = (content: object): Fact =>
    ({
      id: JSON.stringify(content),
      lead: keyOf('1'),
      at: monday - hour,
      author: 'Ana',
      evidence: 'person',
      ...content,
    }) as Fact;

  it('a status that rests is not stale, by the meaning of the CRM', async () => {
    const { context } = await startWorker();
    const rules = inForce([{ id: 'old', rule: 'stale', elapsedMinutes: 30 }], {
      statuses: { demo: { '*': { sleeping: 'paused', awake: 'accepted' } } },
    });
    const lead = (status: string) => record('1', { status, modifiedAt: { at: monday - hour, precision: 1 } });
    expect(await flagsOf(lead('sleeping'), [], rules, context)).toEqual([]);
    expect(await flagsOf(lead('awake'), [], rules, context)).toMatchObject([{ rule: 'old', kind: 'stale' }]);
  });

  it('the tier that facts know last decides about personas', async () => {
    const { context } = await startWorker();
    const rules = inForce([{ id: 'who', rule: 'persona' }], {
      personas: [{ id: 'a', label: 'A', when: [[{ field: 'tier', operator: 'is', value: 'A' }]] }],
    });
    const lead = record('1', { tier: 'A' });
    expect(await flagsOf(lead, [], rules, context)).toEqual([]);
    expect(await flagsOf(lead, [fact({ kind: 'tier-change', tier: 'B' })], rules, context)).toHaveLength(1);
  });

  it('a dismissal that was taken back silences nothing', async () => {
    const { context } = await startWorker();
    const rules = inForce([{ id: 'mail', rule: 'mail-syntax' }]);
    const lead = record('1', { email: 'ana' });
    const [flag] = await flagsOf(lead, [], rules, context);
    const dismissed = fact({ kind: 'dismissal', rule: flag?.dismissAs, reason: 'ours' });
    expect(await flagsOf(lead, [dismissed], rules, context)).toEqual([]);
    const back = fact({ kind: 'retraction', replaces: dismissed.id });
    expect(await flagsOf(lead, [dismissed, back], rules, context)).toHaveLength(1);
  });

  it('without any rule nothing is asked of anybody', async () => {
    const fetching = serve();
    const { context } = await startWorker();
    expect(await flagsOf(record('1', { email: 'ana@gmail.com', phone: '1' }), [], inForce([]), context)).toEqual([]);
    expect(fetching).not.toHaveBeenCalled();
  });
});
