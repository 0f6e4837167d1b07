import { beforeEach, describe, expect, it } from 'vitest';
import { browser } from 'wxt/browser';
import type { Sender } from '../../../lib/messages/router';
import { RefusedError } from '../../../lib/messages/router';
import { observe } from '../../../lib/worker/observe';
import { forgetPanels, grantPanel, readPanel } from '../../../lib/worker/panel';
import { exactly, keyOf, minute, monday, page, restartWorker, seen, startWorker, type TestWorker } from './support';

let worker: TestWorker;
const panel = (more: Partial<Sender> = {}): Sender => ({
  kind: 'panel',
  origin: 'chrome-extension://x',
  tabId: 3,
  frameId: 9,
  ...more,
});

beforeEach(async () => {
  worker = await startWorker();
  const lead = seen('1', monday, { status: 'new', name: 'Ana', createdAt: exactly(monday - 10 * minute) });
  await observe({ observations: [lead] }, page, worker.context);
});

const granted = async () => (await grantPanel(keyOf('1'), page, monday)).token;

describe('the panel', () => {
  it('shows the lead that it has a token for, with every clock explained', async () => {
    const reply = await readPanel(await granted(), panel(), worker.context);
    expect(reply).toMatchObject({ ok: true, lead: { key: keyOf('1') }, agreement: { id: 'test', source: 'sync' } });
    const steps = reply.ok ? reply.clocks[0]?.steps : [];
    expect(steps?.[0]).toMatchObject({ kind: 'start', at: monday - 10 * minute });
    expect(steps?.at(-1)).toMatchObject({ kind: 'due', at: monday + 50 * minute, clause: '3.2' });
  });

  it('may ask again from the same frame, also after the worker was stopped', async () => {
    const token = await granted();
    await readPanel(token, panel(), worker.context);
    expect(await readPanel(token, panel(), restartWorker(monday).context)).toMatchObject({ ok: true });
  });

  it.each<[string, Partial<Sender>]>([
    ['another frame', { frameId: 10 }],
    ['another tab', { tabId: 4 }],
    ['no frame at all', { frameId: null }],
  ])('shows nothing to %s', async (_who, more) => {
    const token = await granted();
    await readPanel(token, panel(), worker.context);
    expect(await readPanel(token, panel(more), worker.context)).toEqual({ ok: false, reason: 'not-allowed' });
  });

  it('shows nothing for a token that nobody gave, or that lay about for over a minute', async () => {
    expect(await readPanel(crypto.randomUUID(), panel(), worker.context)).toEqual({ ok: false, reason: 'not-allowed' });
    const token = await granted();
    worker.at(monday + 61_000);
    expect(await readPanel(token, panel(), worker.context)).toEqual({ ok: false, reason: 'not-allowed' });
  });

  it('a page gets no token for a lead of another origin', async () => {
    const other = keyOf('1').replace('crm.example', 'other.example');
    await expect(grantPanel(other, page, monday)).rejects.toThrow(RefusedError);
    await expect(grantPanel('nonsense', page, monday)).rejects.toThrow(RefusedError);
  });

  it('says so when the lead is not known', async () => {
    const { token } = await grantPanel(keyOf('2'), page, monday);
    expect(await readPanel(token, panel(), worker.context)).toEqual({ ok: false, reason: 'no-such-lead' });
  });

  it('forgets the tokens of a closed tab and keeps the others', async () => {
    const [mine, other] = [await granted(), (await grantPanel(keyOf('1'), { ...page, tabId: 8 }, monday)).token];
    await forgetPanels(3);
    expect(Object.keys(await browser.storage.session.get(null))).toEqual([`panel:${other}`]);
    expect(mine).not.toBe(other);
  });
});
