import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { observe } from '../../../lib/worker/observe';
import { forgetTab, meetTab, onSweepAlarm, sweepAlarm, sweepEveryMs, unseenSince } from '../../../lib/worker/sweep';
import { rememberViewer } from '../../../lib/worker/viewers';
import { exactly, hour, minute, monday, origin, page, seen, startWorker, type TestWorker } from './support';

type SendMessage = [tabId: number, message: unknown, options: unknown, answer: (response: unknown) => void];

const other = 'https://other.example';
let worker: TestWorker;
let turns: number[];
let willing: (tabId: number) => boolean;

beforeEach(async () => {
  worker = await startWorker();
  turns = [];
  willing = () => true;
  vi.spyOn(chrome.tabs, 'sendMessage').mockImplementation((...[tabId, , , answer]: SendMessage) => {
    turns.push(tabId);
    answer({ res: willing(tabId) });
  });
});

describe('the turn to sweep', () => {
  it('comes at once for a CRM that has not been swept, and then every five minutes at most', async () => {
    await meetTab(3, origin, monday);
    await meetTab(3, origin, monday + minute);
    await onSweepAlarm(monday + sweepEveryMs - 1);
    expect(turns).toEqual([3]);
    await onSweepAlarm(monday + sweepEveryMs);
    expect(turns).toEqual([3, 3]);
  });

  it('is one tab’s of a CRM, however many are open, and each CRM has its own', async () => {
    await meetTab(3, origin, monday);
    await meetTab(4, origin, monday);
    await meetTab(5, other, monday);
    expect(turns).toEqual([3, 5]);
  });

  it('says what the person calls themselves, where they have said it', async () => {
    const said: unknown[] = [];
    vi.spyOn(chrome.tabs, 'sendMessage').mockImplementation((...[, message, , answer]: SendMessage) => {
      said.push((message as { readonly data: unknown }).data);
      answer({ res: true });
    });
    await meetTab(3, origin, monday);
    await writePerson({ ...defaultPerson, name: 'Lea Brandt' });
    await onSweepAlarm(monday + sweepEveryMs);
    expect(said).toEqual([{}, { named: 'Lea Brandt' }]);
  });

  it('goes to the next tab where one can’t', async () => {
    willing = (tabId) => tabId === 4;
    await meetTab(3, origin, monday);
    await meetTab(4, origin, monday + 1);
    expect(turns).toEqual([3, 3, 4]);
    await onSweepAlarm(monday + minute);
    expect(turns).toEqual([3, 3, 4]);
  });

  it('is not stopped by a clock that was set back', async () => {
    await meetTab(3, origin, monday + hour);
    await onSweepAlarm(monday);
    expect(turns).toEqual([3, 3]);
  });

  it('ends with the last tab, and so does its alarm', async () => {
    await meetTab(3, origin, monday);
    expect(await browser.alarms.get(sweepAlarm)).toBeTruthy();
    await forgetTab(3);
    await onSweepAlarm(monday + hour);
    expect(turns).toEqual([3]);
    expect(await browser.alarms.get(sweepAlarm)).toBeFalsy();
  });
});

describe('after a complete sweep', () => {
  it('open leads of this person that it did not meet are looked up; those that it met, of others, or closed are not', async () => {
    const { context } = worker;
    const opened = { createdAt: exactly(monday - 10 * minute), status: 'new' };
    const mine = { ...opened, ownerId: 'me' };
    await rememberViewer(origin, { id: 'me' });
    await observe(
      {
        observations: [
          seen('old', monday - minute, mine),
          seen('met', monday + 1, mine),
          seen('theirs', monday - minute, { ...opened, ownerId: 'you' }),
          seen('won', monday - minute, { ...mine, status: 'won', closedAt: exactly(monday - 2 * minute) }),
        ],
      },
      page,
      context,
    );
    worker.at(monday + minute);
    await observe({ observations: [seen('met', monday + minute, mine)] }, page, context);
    expect(await unseenSince(origin, monday, context)).toEqual([{ object: 'lead', recordId: 'old' }]);
    expect(await unseenSince(other, monday, context)).toEqual([]);
  });
});
