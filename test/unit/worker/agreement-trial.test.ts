/** The demo CRM's leads under the agreement in force (first touch within 60 minutes) and under other ones. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { TrialReply } from '../../../lib/messages/agreements';
import type { LeadKey } from '../../../lib/lead/lead';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { saveDraft } from '../../../lib/worker/agreement-draft';
import { applyToOpen, cancelTrial, trialRows, tryAgreement } from '../../../lib/worker/agreement-trial';
import type { WorkerContext } from '../../../lib/worker/context';
import { observe } from '../../../lib/worker/observe';
import { readPanel, grantPanel } from '../../../lib/worker/panel';
import { alwaysOpen, exactly, hour, keyOf, minute, monday, page, seen, startWorker, type TestWorker } from './support';

let worker: TestWorker;
let context: WorkerContext;

const within = (minutes: number, more: object = {}) => ({
  ...alwaysOpen,
  ...more,
  commitments: [{ ...alwaysOpen.commitments[0], rules: [{ target: { workingMinutes: minutes, calendar: 'always' } }] }],
});

const handOff = monday - 20 * minute;

async function observeLeads(count: number): Promise<void> {
  const observations = Array.from({ length: count }, (_, index) =>
    seen(`L${index}`, monday, { name: `Lead ${index}`, handedOverAt: exactly(handOff), owner: 'Sam', source: 'web' }),
  );
  await observe({ observations }, page, context);
}

async function finish(of: 'draft' | 'in-force'): Promise<Extract<TrialReply, { state: 'done' }>> {
  let reply = await tryAgreement({ of }, context);
  while (reply.state === 'running') reply = await tryAgreement({ of, run: reply.run }, context);
  if (reply.state !== 'done') throw new Error(reply.state);
  return reply;
}

const clocksOf = async (key: LeadKey) =>
  (await context.withLedger((ledger) => ledger.load([key]))).get(key)?.record?.clocks;

beforeEach(async () => {
  worker = await startWorker();
  ({ context } = worker);
  await writePerson({ ...defaultPerson, side: 'sales', name: 'Sam Poe' });
});

describe('a trial of a draft', () => {
  it('says what would change, lead by lead, and writes nothing', async () => {
    await observeLeads(3);
    await saveDraft({ text: JSON.stringify(within(10, { version: 2 })), base: null }, context);
    const before = await context.withLedger((ledger) => ledger.counts());
    const { report, rows, leads, run } = await finish('draft');
    expect(report.leads).toEqual({ open: 3, past: 3 });
    expect(report.total.open).toEqual({ now: { running: 3 }, proposed: { overdue: 3 } });
    expect([rows, leads]).toEqual([3, 3]);
    expect(trialRows({ run, from: 0 })).toMatchObject({
      rows: [{ now: { dueAt: handOff + 60 * minute }, proposed: { dueAt: handOff + 10 * minute } }, {}, {}],
      names: { [keyOf('L0')]: 'Lead 0' },
    });
    expect(await context.withLedger((ledger) => ledger.counts())).toEqual(before);
  });

  it('gives its rows by page', async () => {
    await observeLeads(450);
    await saveDraft({ text: JSON.stringify(within(30, { version: 2 })), base: null }, context);
    const { run, rows } = await finish('draft');
    expect(rows).toBe(450);
    const first = trialRows({ run, from: 0 });
    const last = trialRows({ run, from: 400 });
    expect([first.rows.length, first.next, last.rows.length, last.next]).toEqual([200, 200, 50, undefined]);
  });

  it('is gone once it is stopped, and after a while that nobody asked', async () => {
    await observeLeads(1);
    await saveDraft({ text: JSON.stringify(within(30)), base: null }, context);
    const { run } = await finish('draft');
    cancelTrial(run);
    expect(await tryAgreement({ of: 'draft', run }, context)).toEqual({ state: 'gone' });
    const second = await finish('draft');
    worker.at(monday + 10 * minute);
    expect(await tryAgreement({ of: 'draft', run: second.run }, context)).toEqual({ state: 'gone' });
    expect(trialRows({ run: second.run, from: 0 }).rows).toEqual([]);
  });

  it('does not end that of another tab; of more than three the one that was asked for longest ago goes', async () => {
    await observeLeads(1);
    await saveDraft({ text: JSON.stringify(within(30)), base: null }, context);
    const ask = (run: string) => tryAgreement({ of: 'draft', run }, context);
    const begun = [await finish('draft'), await finish('draft'), await finish('draft')];
    const [first = '', second = '', third = ''] = begun.map(({ run }) => run);
    expect((await ask(first)).state).toBe('done');
    await finish('draft');
    expect((await ask(second)).state).toBe('gone');
    expect([(await ask(first)).state, (await ask(third)).state]).toEqual(['done', 'done']);
  });

  it('asked twice at once, while it finishes, answers both the same', async () => {
    await observeLeads(40);
    await saveDraft({ text: JSON.stringify(within(30, { version: 2 })), base: null }, context);
    // The first stretch is over before it has begun.
    let elapsed = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (elapsed += 1_000));
    const begun = await tryAgreement({ of: 'draft' }, context);
    clock.mockRestore();
    if (begun.state !== 'running') throw new Error(begun.state);
    const ask = () => tryAgreement({ of: 'draft', run: begun.run }, context);
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one).toMatchObject({ state: 'done', rows: 40, leads: 40 });
    expect(two).toEqual(one);
  });

  it('is refused where there is no draft, or none that is an agreement', async () => {
    expect(await tryAgreement({ of: 'draft' }, context)).toEqual({ state: 'refused', code: 'no-draft' });
    await saveDraft({ text: '{}', base: null }, context);
    expect(await tryAgreement({ of: 'draft' }, context)).toEqual({ state: 'refused', code: 'invalid' });
  });
});

describe('a new version', () => {
  const v2 = within(30, { version: 2, effectiveFrom: new Date(monday).toISOString() });

  /** The leads of before are bound to version 1; from Monday on version 2 is in force. */
  async function change(): Promise<void> {
    await observeLeads(2);
    await browser.storage.sync.set({ agreement: v2 });
    context.agreementChanged();
  }

  it('governs hand-offs from its instant on; leads from before stay with theirs, and the panel explains it by that', async () => {
    await change();
    worker.at(monday + hour);
    await observe(
      {
        observations: [
          seen('L0', monday + hour, { handedOverAt: exactly(handOff) }),
          seen('N', monday + hour, { handedOverAt: exactly(monday + hour - minute) }),
        ],
      },
      page,
      context,
    );
    expect(await clocksOf(keyOf('L0'))).toMatchObject([{ agreementVersion: 1, dueAt: handOff + 60 * minute }]);
    expect(await clocksOf(keyOf('N'))).toMatchObject([{ agreementVersion: 2, dueAt: monday + hour + 29 * minute }]);
    const { token } = await grantPanel(keyOf('L0'), page, monday + hour);
    const panel = await readPanel(token, { ...page, kind: 'panel' }, context);
    expect(panel).toMatchObject({ ok: true, agreement: { version: 2 } });
    expect(panel.ok && panel.clocks[0]?.steps.at(-1)).toMatchObject({ kind: 'due', at: handOff + 60 * minute });
  });

  it('is applied to exactly the leads of the list that was shown, each by a fact', async () => {
    await change();
    const { list, leads } = await finish('in-force');
    expect(leads).toBe(2);
    expect(await applyToOpen(list, context)).toEqual({ ok: true, leads: 2 });
    expect(await clocksOf(keyOf('L1'))).toMatchObject([{ agreementVersion: 2, dueAt: handOff + 30 * minute }]);
    const facts = await context.withLedger((ledger) => ledger.factsOf([keyOf('L1')]));
    expect(facts.get(keyOf('L1'))?.filter(({ kind }) => kind === 'agreement-applied')).toMatchObject([
      { version: 2, author: 'Sam Poe', party: 'sales', at: monday, recordedAt: monday },
    ]);
    const again = await finish('in-force');
    expect(again.leads).toBe(0);
    expect(await applyToOpen(again.list, context)).toEqual({ ok: false, code: 'nothing' });
  });

  it('is not applied where the list would be another one by now', async () => {
    await change();
    const { list } = await finish('in-force');
    await observe({ observations: [seen('L9', monday, { handedOverAt: exactly(handOff) })] }, page, context);
    expect(await applyToOpen(list, context)).toEqual({ ok: false, code: 'list-changed' });
    expect(await clocksOf(keyOf('L1'))).toMatchObject([{ agreementVersion: 1 }]);
    expect(await applyToOpen((await finish('in-force')).list, context)).toEqual({ ok: true, leads: 3 });
  });

  it('is not applied for nobody, and the built-in agreement is not at all', async () => {
    await change();
    const { list } = await finish('in-force');
    await writePerson(defaultPerson);
    expect(await applyToOpen(list, context)).toEqual({ ok: false, code: 'name-unknown' });
    await writePerson({ ...defaultPerson, name: 'Sam Poe' });
    await browser.storage.sync.remove('agreement');
    context.agreementChanged();
    expect(await applyToOpen(list, context)).toEqual({ ok: false, code: 'built-in' });
  });
});
