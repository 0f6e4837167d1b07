/** "!" on the toolbar: when nothing could be read for longer than the agreement's smallest target, and only then. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { PageHealth } from '../../../lib/messages/page-health';
import { blindSince, forgetReading, isBlind, noteReading, smallestTarget } from '../../../lib/worker/blind';
import { observe } from '../../../lib/worker/observe';
import { updateToolbar } from '../../../lib/worker/toolbar';
import { speak } from '../support/i18n';
import { exactly, minute, monday, page, seen, startWorker, type TestWorker } from './support';

const health = (more: Partial<PageHealth>): PageHealth => ({
  adapter: 'demo',
  adapterLabel: 'Demo',
  surface: 'list',
  visit: monday,
  rows: 20,
  read: 20,
  whole: 20,
  missing: {},
  seen: {},
  selectors: {},
  refused: [],
  badges: 20,
  putBack: 0,
  givenUp: 0,
  problems: [],
  at: monday,
  ...more,
});
const unread = health({ read: 0, whole: 0 });
const unauthorised = [{ code: 'api-unauthorised' as const, since: monday }];

let worker: TestWorker;
let text: string;
let title: string;

beforeEach(async () => {
  worker = await startWorker();
  speak('en');
  vi.spyOn(browser.action, 'setBadgeText').mockImplementation(
    (async (said: { text: string }) => void (text = said.text)) as never,
  );
  vi.spyOn(browser.action, 'setTitle').mockImplementation(async (said) => void (title = said.title));
  vi.spyOn(browser.action, 'setBadgeBackgroundColor').mockResolvedValue(undefined);
});

describe('a page is blind', () => {
  it.each<[string, Partial<PageHealth>, boolean | null]>([
    ['when it shows leads and none is read', { read: 0, whole: 0 }, true],
    ['when the CRM refuses its data and no lead is whole', { whole: 0, problems: unauthorised }, true],
    [
      'when it shows no leads because the CRM refuses them',
      { rows: 0, read: 0, whole: 0, problems: unauthorised },
      true,
    ],
    ['not when leads are read', {}, false],
    ['not when some leads are whole although the CRM refuses others', { whole: 3, problems: unauthorised }, false],
    ['maybe, when it shows no leads', { rows: 0, read: 0, whole: 0 }, null],
    ['maybe, when it is no page of a CRM that we know', { adapter: null, rows: 3, read: 0 }, null],
  ])('%s', (_when, more, expected) => expect(isBlind(health(more))).toBe(expected));
});

describe('nothing can be read', () => {
  it('since the first look at it, however often the page is loaded, until one page can be read', async () => {
    await noteReading(1, unread, monday);
    await noteReading(1, { ...unread, visit: monday + minute }, monday + minute);
    await noteReading(2, unread, monday + 2 * minute);
    expect(await blindSince()).toBe(monday);
    await noteReading(2, health({}), monday + 3 * minute);
    expect(await blindSince()).toBeNull();
    await forgetReading(2);
    expect(await blindSince()).toBe(monday);
    await forgetReading(1);
    expect(await blindSince()).toBeNull();
  });

  it('for longer than the smallest target: the toolbar says so instead of a count', async () => {
    await observe(
      { observations: [seen('1', monday, { status: 'new', createdAt: exactly(monday - 70 * minute) })] },
      page,
      worker.context,
    );
    await noteReading(3, unread, monday);
    worker.at(monday + 60 * minute);
    await updateToolbar(worker.context);
    expect(text).toBe('1');
    worker.at(monday + 60 * minute + 1);
    await updateToolbar(worker.context);
    expect([text, title]).toEqual(['!', expect.stringContaining('No lead can be read')]);
    await noteReading(3, health({}), monday + 61 * minute);
    await updateToolbar(worker.context);
    expect(text).toBe('1');
  });

  it('the smallest target is that of any rule; without a promise there is none', async () => {
    const { agreement } = await worker.context.agreement();
    expect(smallestTarget(agreement)).toBe(60 * minute);
    expect(smallestTarget({ commitments: [] })).toBeNull();
  });
});
