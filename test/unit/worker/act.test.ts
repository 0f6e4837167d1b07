/** Acts through the worker: who may speak for which lead, what is kept, and what a person is told when nothing could be. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { LedgerFullError, type LeadRecord } from '../../../lib/ledger/types';
import type { Fact } from '../../../lib/lead/facts';
import { standing } from '../../../lib/lead/standing';
import type { Act, ActReply } from '../../../lib/messages/acts';
import type { Sender } from '../../../lib/messages/router';
import { defaultPerson, writePerson, type PersonSettings } from '../../../lib/settings/person';
import { act } from '../../../lib/worker/act';
import { observe } from '../../../lib/worker/observe';
import { grantBar, grantPanel, readPanel, readWork } from '../../../lib/worker/panel';
import { rememberViewer } from '../../../lib/worker/viewers';
import { catalogues, speak } from '../support/i18n';
import {
  exactly,
  hour,
  keyOf,
  minute,
  monday,
  origin,
  page,
  restartWorker,
  seen,
  startWorker,
  type TestWorker,
} from './support';

const popup: Sender = { kind: 'popup', origin: 'chrome-extension://x', tabId: null, frameId: null };
const panel: Sender = { kind: 'panel', origin: 'chrome-extension://x', tabId: 3, frameId: 9 };
const [one, two] = [keyOf('1'), keyOf('2')];
const fresh = { status: 'new', name: 'Ana', createdAt: exactly(monday - 10 * minute) };

let worker: TestWorker;

const be = (more: Partial<PersonSettings>) => writePerson({ ...defaultPerson, ...more });

beforeEach(async () => {
  worker = await startWorker();
  await be({ side: 'sales' });
  await rememberViewer(origin, { id: '7', name: 'Lucía Ortega' });
  await observe({ observations: [seen('1', monday, fresh), seen('2', monday, fresh)] }, page, worker.context);
});

const does = async (what: Act, leads = [one], sender = popup, askedAt?: number): Promise<ActReply> =>
  (await act({ leads, act: what, ...(askedAt === undefined ? {} : { askedAt }) }, sender, worker.context)).reply;

const factsIn = (reply: ActReply): readonly string[] => (reply.ok ? reply.facts : []);

async function factsOf(lead = one): Promise<readonly Fact[]> {
  const known = await worker.context.withLedger((ledger) => ledger.factsOf([lead]));
  return (known.get(lead) ?? []).filter(({ evidence }) => evidence === 'person');
}

const showPanel = async (): Promise<void> => {
  const { token } = await grantPanel(one, page, monday);
  await readPanel(token, panel, worker.context);
};

describe('an act', () => {
  it('is a fact of whom the CRM says is signed in, kept over the death of the worker, and the clock knows it', async () => {
    const reply = await does({ do: 'touch', channel: 'call' });
    expect(reply).toMatchObject({ ok: true, undoUntil: monday + 10_000, refused: {} });
    expect(await factsOf()).toMatchObject([
      { kind: 'touch', author: 'Lucía Ortega', party: 'sales', evidence: 'person', recordedAt: monday },
    ]);
    worker = restartWorker(monday + minute);
    const known = (await worker.context.withLedger((ledger) => ledger.load([one]))).get(one);
    expect(known?.record?.clocks).toMatchObject([{ commitment: 'first-touch', state: 'met' }]);
  });

  it('is signed with the name from the settings where the CRM names nobody, and refused without one', async () => {
    await browser.storage.local.remove('viewers');
    expect(await does({ do: 'accept' })).toEqual({ ok: false, code: 'name-unknown' });
    await be({ side: 'sales', name: 'Ana' });
    expect(await does({ do: 'accept' })).toMatchObject({ ok: true });
    expect(await factsOf()).toMatchObject([{ author: 'Ana' }]);
  });

  it('of several leads tells which of them did not take it', async () => {
    await does({ do: 'accept' });
    worker.at(monday + 1_000);
    const reply = await does({ do: 'accept' }, [one, two, keyOf('9')]);
    expect(reply).toMatchObject({ ok: true, refused: { [one]: 'already', [keyOf('9')]: 'no-such-lead' } });
    expect(reply.ok && reply.facts).toHaveLength(1);
  });

  it('asked again with the same instant, as after a worker that died before it answered, is kept once', async () => {
    const askedAt = monday - 5;
    const first = await does({ do: 'note', text: 'called' }, [one], popup, askedAt);
    worker = restartWorker(monday + 2_000);
    const again = await does({ do: 'note', text: 'called' }, [one], popup, askedAt);
    expect(again.ok && first.ok && again.facts).toEqual(first.ok && first.facts);
    expect(await factsOf()).toHaveLength(1);
  });

  it('that answers a flag is kept once, too, when it is asked again', async () => {
    await be({ side: 'marketing' });
    const [fact = ''] = factsIn(await does({ do: 'flag', axis: 'fit', reason: 'spam' }));
    worker.at(monday + 1_000);
    const answer: Act = { do: 'answer', fact, answer: 'fixed' };
    const first = await does(answer, [one], popup, monday + 1_000);
    worker = restartWorker(monday + 3_000);
    expect(factsIn(await does(answer, [one], popup, monday + 1_000))).toEqual(factsIn(first));
    expect(await does(answer)).toEqual({ ok: false, code: 'already' });
    expect(await factsOf()).toHaveLength(2);
  });

  it('can be taken back for ten seconds, and the clock runs on', async () => {
    const reply = await does({ do: 'touch', channel: 'call' });
    worker.at(monday + 9_000);
    expect(await does({ do: 'undo', facts: factsIn(reply) })).toMatchObject({ ok: true });
    const known = (await worker.context.withLedger((ledger) => ledger.load([one]))).get(one);
    expect(known?.record?.clocks).toMatchObject([{ state: 'running' }]);
    expect(await factsOf()).toHaveLength(2);
  });

  it('keeps what else is known of how the lead was read', async () => {
    const before = (await worker.context.withLedger((ledger) => ledger.load([one]))).get(one)?.record;
    await does({ do: 'accept' });
    const after = (await worker.context.withLedger((ledger) => ledger.load([one]))).get(one)?.record;
    expect([after?.views, after?.dupes]).toEqual([before?.views, before?.dupes]);
    expect(after?.views).toBeDefined();
  });
});

describe('taking back what was done with several leads', () => {
  const three = keyOf('3');
  const all = [one, two, three];
  let accepted: readonly string[] = [];

  beforeEach(async () => {
    await observe({ observations: [seen('3', monday, fresh)] }, page, worker.context);
    accepted = factsIn(await does({ do: 'accept' }, all));
  });
  const verdicts = async (): Promise<unknown[]> =>
    Promise.all(
      all.map(async (lead) =>
        standing(await factsOf(lead)).flatMap((fact) => (fact.kind === 'verdict' ? fact.verdict : [])),
      ),
    );

  it('is one act: at 9.9 s for all of them, in one write', async () => {
    worker.at(monday + 9_900);
    const save = await worker.context.withLedger(async (ledger) => vi.spyOn(ledger, 'save'));
    const reply = await does({ do: 'undo', facts: accepted }, all);
    expect(factsIn(reply)).toHaveLength(3);
    expect(reply).toMatchObject({ ok: true, refused: {} });
    expect(save).toHaveBeenCalledOnce();
    expect(await verdicts()).toEqual([[], [], []]);
  });

  it('leaves alone the one that was built upon', async () => {
    worker.at(monday + 2_000);
    await does({ do: 'reject', reason: 'spam' }, [two]);
    worker.at(monday + 4_000);
    const reply = await does({ do: 'undo', facts: accepted }, all);
    expect(factsIn(reply)).toHaveLength(2);
    expect(reply).toMatchObject({ ok: true, refused: { [two]: 'too-late-to-undo' } });
    expect(await verdicts()).toEqual([[], ['accepted', 'rejected'], []]);
  });

  it('is refused for a lead that has none of these facts', async () => {
    const [first = ''] = accepted;
    const reply = await does({ do: 'undo', facts: [first] }, all);
    expect(reply).toMatchObject({ ok: true, refused: { [two]: 'nothing-to-answer', [three]: 'nothing-to-answer' } });
    expect(await verdicts()).toEqual([[], ['accepted'], ['accepted']]);
  });

  it('asked again after a worker that died before it answered, even later than 10 s, gives the same facts', async () => {
    const askedAt = monday + 9_000;
    worker.at(askedAt);
    const first = await does({ do: 'undo', facts: accepted }, all, popup, askedAt);
    worker = restartWorker(monday + 14_000);
    const again = await does({ do: 'undo', facts: accepted }, all, popup, askedAt);
    expect(factsIn(again)).toEqual(factsIn(first));
    expect(again).toMatchObject({ ok: true, refused: {} });
    expect(await factsOf()).toHaveLength(2);
  });
});

describe('who may speak for a lead', () => {
  it('a panel for the lead that its frame shows, and for no other', async () => {
    expect(await does({ do: 'accept' }, [one], panel)).toEqual({ ok: false, code: 'not-allowed' });
    await showPanel();
    expect(await does({ do: 'accept' }, [one], panel)).toMatchObject({ ok: true });
    expect(await does({ do: 'accept' }, [two], panel)).toEqual({ ok: false, code: 'not-allowed' });
  });

  it.each<[string, Partial<Sender>]>([
    ['another frame of the tab', { frameId: 10 }],
    ['a panel in another tab, opened by another site', { tabId: 4 }],
    ['no frame at all', { frameId: null }],
  ])('not %s', async (_who, more) => {
    await showPanel();
    expect(await does({ do: 'accept' }, [one], { ...panel, ...more })).toEqual({ ok: false, code: 'not-allowed' });
    expect(await factsOf()).toEqual([]);
  });

  it('a bar for the leads that it stands for now', async () => {
    const { token } = await grantBar({ leads: [one] }, page, worker.context);
    expect(await readWork(token, panel, worker.context)).toMatchObject({ ok: true, leads: [one], side: 'sales' });
    expect(await grantBar({ leads: [two], token }, page, worker.context)).toEqual({ token });
    expect(await does({ do: 'accept' }, [one, two], panel)).toMatchObject({
      ok: true,
      refused: { [one]: 'not-allowed' },
    });
    expect(await readWork(token, { ...panel, frameId: 12 }, worker.context)).toEqual({
      ok: false,
      code: 'not-allowed',
    });
  });

  it("a page's bar keeps its token in its own tab only", async () => {
    const { token } = await grantBar({ leads: [one] }, page, worker.context);
    const elsewhere = await grantBar({ leads: [one], token }, { ...page, tabId: 8 }, worker.context);
    expect(elsewhere.token).not.toBe(token);
  });
});

describe('bad input', () => {
  it('two tabs act on one lead: what both say at one instant is one fact, what differs is kept both', async () => {
    const [first, same] = await Promise.all([
      does({ do: 'accept' }),
      does({ do: 'accept' }),
      does({ do: 'pause', reason: 'x' }),
    ]);
    expect(same.ok && same.facts).toEqual(first.ok && first.facts);
    expect((await factsOf()).map(({ kind }) => kind).toSorted()).toEqual(['pause', 'verdict']);
  });

  it('two tabs act on one lead, one after the other: the second is told what the first did', async () => {
    await does({ do: 'reject', reason: 'spam' });
    worker.at(monday + 400);
    expect(await does({ do: 'reject', reason: 'vendor' })).toEqual({ ok: false, code: 'already' });
  });

  it('a full disk: nothing is kept, nothing is acknowledged, and the person is told until it works again', async () => {
    const ledger = await worker.context.ledger();
    vi.spyOn(ledger, 'save').mockRejectedValueOnce(new LedgerFullError('full'));
    expect(await does({ do: 'accept' })).toEqual({ ok: false, code: 'ledger-full' });
    expect(await factsOf()).toEqual([]);
    expect(await worker.context.problems()).toMatchObject([{ code: 'ledger-full' }]);
    expect(await does({ do: 'accept' })).toMatchObject({ ok: true });
    expect(await worker.context.problems()).toEqual([]);
  });

  it('a database that was closed under us is opened again; what was on disk is not written twice', async () => {
    const ledger = await worker.context.ledger();
    const save = ledger.save.bind(ledger);
    vi.spyOn(ledger, 'save').mockImplementationOnce(async (records, facts) => {
      await save(records, facts);
      throw new DOMException('closed', 'InvalidStateError');
    });
    expect(await does({ do: 'accept' })).toMatchObject({ ok: true });
    expect(await factsOf()).toHaveLength(1);
  });

  it('a database that was deleted while it was open: the lead is not known any more, and the person is told', async () => {
    (await worker.context.ledger()).close();
    const deleting = indexedDB.deleteDatabase('relevo');
    await new Promise((resolve) => {
      deleting.addEventListener('success', resolve);
    });
    expect(await does({ do: 'accept' })).toEqual({ ok: false, code: 'no-such-lead' });
    expect(await worker.context.problems()).toMatchObject([{ code: 'ledger-lost' }]);
    await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    expect(await does({ do: 'accept' })).toMatchObject({ ok: true });
  });

  it('no database at all: memory is no place to keep what people said', async () => {
    worker = restartWorker(monday);
    vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'InvalidStateError');
    });
    await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    expect(await does({ do: 'accept' })).toEqual({ ok: false, code: 'ledger-unavailable' });
  });

  it('a clock that jumps a year ahead and back: acts go on, and nothing of the future counts now', async () => {
    worker.at(monday + 365 * 24 * hour);
    expect(await does({ do: 'pause', reason: 'x' })).toMatchObject({ ok: true });
    worker.at(monday + minute);
    expect(await does({ do: 'accept' })).toMatchObject({ ok: true });
    const known = (await worker.context.withLedger((ledger) => ledger.load([one]))).get(one);
    expect(known?.record?.clocks).toMatchObject([{ state: 'running' }]);
  });

  it('a lead that was merged away under its old id says that it is closed, and the new one takes the act', async () => {
    const merged = seen('1', monday + minute, { ...fresh, status: 'merged', closedAt: exactly(monday + 30_000) });
    await browser.storage.sync.set({
      agreement: {
        ...(await browser.storage.sync.get<{ agreement: object }>('agreement')).agreement,
        statuses: { demo: { lead: { merged: 'closed' } } },
      },
    });
    worker.context.agreementChanged();
    worker.at(monday + 2 * minute);
    await observe({ observations: [merged, seen('77', monday + minute, fresh)] }, page, worker.context);
    expect(await does({ do: 'accept' })).toEqual({ ok: false, code: 'closed' });
    expect(await does({ do: 'accept' }, [keyOf('77')])).toMatchObject({ ok: true });
  });

  it('a reason that was retired while somebody had it open names the one that took its place', async () => {
    const { agreement } = await browser.storage.sync.get<{ agreement: object }>('agreement');
    const reasons = [
      { id: 'vendor', axis: 'fit', for: ['reject'], retired: { successor: 'competitor' } },
      { id: 'competitor', axis: 'fit', for: ['reject'] },
    ];
    await browser.storage.sync.set({ agreement: { ...agreement, taxonomy: { reasons } } });
    worker.context.agreementChanged();
    expect(await does({ do: 'reject', reason: 'vendor' })).toEqual({
      ok: false,
      code: 'reason-retired',
      successor: 'competitor',
    });
  });

  it("a person's name with markup is text in the fact, in one line", async () => {
    await rememberViewer(origin, { name: '<img src=x onerror=alert(1)>\n\u202eevil' });
    await does({ do: 'accept' });
    expect((await factsOf())[0]?.author).toBe('<img src=x onerror=alert(1)> evil');
  });

  it.each([
    'already',
    'ledger-full',
    'ledger-unavailable',
    'not-allowed',
    'no-such-lead',
    'closed',
    'reason-retired',
    'not-in-the-future',
    'name-unknown',
  ])('has a sentence for the person in both languages: %s', (code) => {
    const key = `refused_${code.replaceAll('-', '_')}`;
    for (const catalogue of Object.values(catalogues)) expect(catalogue[key]?.message).toBeTruthy();
  });
});

describe('the panel', () => {
  it('works with facts, offers, attempts and the hand-off card', async () => {
    await does({ do: 'touch', channel: 'call' });
    const { token } = await grantPanel(one, page, monday);
    const reply = await readPanel(token, panel, worker.context);
    expect(reply).toMatchObject({
      ok: true,
      work: {
        side: 'sales',
        me: 'Lucía Ortega',
        handOff: { at: monday - 10 * minute, stage: 'new', missing: [] },
        olderFacts: 0,
        attempts: { made: 1, agreed: 5 },
        recycles: { done: 0, agreed: 2 },
        snoozedUntil: null,
      },
    });
    const { facts, offers } = reply.ok ? reply.work : { facts: [], offers: [] };
    expect(facts.map(({ kind }) => kind)).toEqual(['touch', 'hand-off']);
    expect(offers).toContainEqual({ do: 'accept', refusal: null });
    expect(offers).toContainEqual({ do: 'flag', refusal: 'other-side' });
  });

  it('says why it was passed on: what marketing said last before sales began, also right after the hand-off', async () => {
    const why = async () => {
      const { token } = await grantPanel(one, page, worker.context.now());
      const reply = await readPanel(token, panel, worker.context);
      return reply.ok ? reply.work.handOff.why : undefined;
    };
    speak('en');
    expect(await why()).toBeNull();
    await does({ do: 'note', text: 'A note of sales says nothing of it' });
    await be({ side: 'marketing' });
    await does({ do: 'note', text: 'Asked for a demo' });
    expect(await why()).toBe('Asked for a demo');
    worker.at(monday + minute);
    await does({ do: 'readiness', value: 'ready' });
    expect(await why()).toBe('Ready for sales');
    await be({ side: 'sales' });
    worker.at(monday + 2 * minute);
    await does({ do: 'touch', channel: 'call' });
    await be({ side: 'marketing' });
    worker.at(monday + 3 * minute);
    await does({ do: 'note', text: 'Said later' });
    expect(await why()).toBe('Ready for sales');
  });

  it('names the other leads that may be the same, with a link to their own CRM and to nowhere else', async () => {
    const same = { ...fresh, email: 'ana@acme.example' };
    const third = seen('3', monday, { ...same, name: 'Ana M.' });
    await observe({ observations: [seen('1', monday, same), seen('2', monday, same), third] }, page, worker.context);
    await worker.context.withLedger(async (ledger) => {
      const record = (await ledger.load([keyOf('3')])).get(keyOf('3'))?.record as LeadRecord;
      await ledger.save([{ ...record, lead: { ...record.lead, url: 'https://evil.example/leads/3' } }], []);
    });
    const { token } = await grantPanel(one, page, worker.context.now());
    const reply = await readPanel(token, panel, worker.context);
    const alike = reply.ok ? reply.work.alike.toSorted((a, b) => a.lead.localeCompare(b.lead)) : [];
    expect(alike).toEqual([
      { lead: two, name: 'Ana', url: `${origin}/leads/2` },
      { lead: keyOf('3'), name: 'Ana M.', url: null },
    ]);
  });

  it('knows what can be taken back, whoever asks and wherever it was done, until it is too late', async () => {
    const undoable = async () => {
      const { token } = await grantPanel(one, page, worker.context.now());
      const reply = await readPanel(token, panel, worker.context);
      return reply.ok ? reply.work.undoable : undefined;
    };
    expect(await undoable()).toBeNull();
    await does({ do: 'touch', channel: 'call' });
    worker.at(monday + 4_000);
    const accepted = factsIn(await does({ do: 'accept' }, [one, two]));
    worker = restartWorker(monday + 9_000);
    expect(await undoable()).toMatchObject({ fact: { kind: 'verdict' }, until: monday + 14_000 });
    await does({ do: 'undo', facts: accepted }, [one]);
    expect(await undoable()).toMatchObject({ fact: { kind: 'touch' }, until: monday + 10_000 });
    worker.at(monday + 10_001);
    expect(await undoable()).toBeNull();
    worker.at(monday + 9_500);
    await rememberViewer(origin, { id: '9', name: 'Somebody Else' });
    expect(await undoable()).toBeNull();
  });

  it('lists the newest two hundred facts and counts the rest', async () => {
    for (let note = 0; note < 205; note += 1) {
      worker.at(monday + note);
      await does({ do: 'note', text: `note ${note}` });
    }
    const { token } = await grantPanel(one, page, monday + 300);
    const reply = await readPanel(token, panel, worker.context);
    expect(reply.ok && reply.work.facts).toHaveLength(200);
    expect(reply.ok && reply.work.facts[0]).toMatchObject({ text: 'note 204' });
    expect(reply.ok && reply.work.olderFacts).toBe(6);
  });
});

describe('marks of a list', () => {
  it('say verdict and flag of a lead, and nothing of one that nobody said anything of', async () => {
    await does({ do: 'accept' });
    speak('en');
    await be({ side: 'marketing' });
    await does({ do: 'flag', axis: 'readiness', reason: 'intent' });
    worker.at(monday + minute);
    const looks = [seen('1', monday, fresh), seen('2', monday, fresh)];
    const reply = await observe({ observations: looks }, page, worker.context);
    expect(reply.marks?.[one]).toMatchObject({ verdict: 'accepted', flag: 'No interest or need' });
    expect(reply.marks?.[two]?.verdict).toBeUndefined();
  });
});
