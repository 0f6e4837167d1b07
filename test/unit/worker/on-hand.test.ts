/** The sidebar's lead: asked from the tab itself, answered by a message whose origin the browser vouches for. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError, type Sender } from '../../../lib/messages/router';
import type { OnHand } from '../../../lib/messages/panel';
import { observe } from '../../../lib/worker/observe';
import { hearOnHand } from '../../../lib/worker/on-hand';
import { readSidebar } from '../../../lib/worker/panel';
import { keyOf, monday, page, restartWorker, seen, startWorker, type TestWorker } from './support';

type SendMessage = [tabId: number, message: unknown, options: unknown, answer: (response: unknown) => void];

let worker: TestWorker;
/** What the page in a tab does when it is asked; `null`: nobody of ours is there. */
let answerOf: (tabId: number) => (() => void) | null;

const from = (more: Partial<Sender> = {}): Sender => ({ ...page, tabId: 3, frameId: 0, ...more });
const says =
  (said: OnHand, more: Partial<Sender> = {}) =>
  () =>
    void hearOnHand(said, from(more));
const onRecord = (recordId: string): OnHand => ({ lead: keyOf(recordId), surface: 'record' });

beforeEach(async () => {
  worker = await startWorker();
  await observe({ observations: [seen('1', monday, { status: 'new', name: 'Ana' })] }, page, worker.context);
  vi.spyOn(chrome.tabs, 'sendMessage').mockImplementation((...[tabId, message, options, answer]: SendMessage) => {
    expect([message, options]).toEqual([expect.objectContaining({ type: 'sayOnHand' }), { frameId: 0 }]);
    const said = answerOf(tabId);
    // The browser's word that nobody is there is an empty answer.
    answer(said ? { res: undefined } : undefined);
    said?.();
  });
});

describe('the sidebar', () => {
  it('shows the lead that the page in front says is on hand, also after the worker was stopped', async () => {
    answerOf = () => says(onRecord('1'));
    expect(await readSidebar(3, worker.context)).toMatchObject({ ok: true, lead: { key: keyOf('1') } });
    expect(await readSidebar(3, restartWorker(monday).context)).toMatchObject({ ok: true, lead: { key: keyOf('1') } });
  });

  it('says that there is no CRM where nobody of ours answers', async () => {
    answerOf = () => null;
    expect(await readSidebar(3, worker.context)).toEqual({ ok: false, reason: 'no-crm' });
  });

  it('remembers nothing: a page that was left a moment ago shows no lead any more', async () => {
    answerOf = () => says(onRecord('1'));
    await readSidebar(3, worker.context);
    answerOf = () => says({ lead: null, surface: 'list' });
    expect(await readSidebar(3, worker.context)).toEqual({ ok: false, reason: 'nothing-on-hand', surface: 'list' });
    answerOf = () => null;
    expect(await readSidebar(3, worker.context)).toEqual({ ok: false, reason: 'no-crm' });
  });

  it('says so when the lead is not known', async () => {
    answerOf = () => says(onRecord('2'));
    expect(await readSidebar(3, worker.context)).toEqual({ ok: false, reason: 'no-such-lead' });
  });

  it('hears no other tab, and does not wait for ever', async () => {
    vi.useFakeTimers();
    answerOf = () => says(onRecord('1'), { tabId: 4 });
    const reading = readSidebar(3, worker.context).catch((error: unknown) => String(error));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await reading).toBe('Error: no answer in time');
    vi.useRealTimers();
  });

  it('two sidebars ask at once, and both hear it', async () => {
    answerOf = () => says(onRecord('1'));
    const both = await Promise.all([readSidebar(3, worker.context), readSidebar(3, worker.context)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  });
});

describe('what a page says is on hand', () => {
  it('is refused for a lead of another site, and from nowhere', () => {
    const other = keyOf('1').replace('crm.example', 'other.example');
    expect(() => hearOnHand({ lead: other, surface: 'record' }, from())).toThrow(RefusedError);
    expect(() => hearOnHand({ lead: 'nonsense', surface: 'record' }, from())).toThrow(RefusedError);
    expect(() => hearOnHand(onRecord('1'), from({ tabId: null }))).toThrow(RefusedError);
  });

  it('is news where nobody had asked', async () => {
    expect(hearOnHand(onRecord('1'), from())).toBe(true);
    const heard: boolean[] = [];
    answerOf = () => () => void heard.push(hearOnHand(onRecord('1'), from()));
    await readSidebar(3, worker.context);
    expect(heard).toEqual([false]);
  });
});
