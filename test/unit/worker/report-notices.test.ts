/** Reviews and digests: told once, at a decent hour, and a click opens the report on the right period. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { observe } from '../../../lib/worker/observe';
import { mondayOf, reviewQuery } from '../../../lib/worker/report-dates';
import { onReportNotice, tellOfReport } from '../../../lib/worker/report-notices';
import { speak } from '../support/i18n';
import { alwaysOpen, hour, page, restartWorker, seen, startWorker, type TestWorker } from './support';

const dayMs = 24 * hour;
/** Local hour of a day of November 2026; the 23rd is a Monday. */
const november = (day: number, at = 10): number => new Date(2026, 10, day, at).getTime();
const withReview = (review: object) => ({ ...alwaysOpen, review });

let worker: TestWorker;
let shown: { readonly id: string; readonly title: string }[];
let allowed: boolean;

async function begin(agreement: unknown, isKnown = true): Promise<void> {
  worker = await startWorker(agreement);
  [shown, allowed] = [[], true];
  speak('en');
  vi.spyOn(browser.permissions, 'contains').mockImplementation(async () => allowed);
  vi.spyOn(browser.notifications, 'create').mockImplementation((async (id: string, { title }: { title: string }) => {
    shown.push({ id, title });
    return id;
  }) as never);
  await writePerson({ ...defaultPerson, reminders: { on: true } });
  worker.at(november(18));
  if (isKnown) await observe({ observations: [seen('1', november(18), { name: 'Ana' })] }, page, worker.context);
  await tellOfReport(worker.context);
}

const toldAt = (instant: number) => {
  worker.at(instant);
  return tellOfReport(worker.context);
};

beforeEach(() => begin(alwaysOpen));

describe('the weekly digest', () => {
  it('comes once a week, not in the week of the beginning, also after the worker was stopped', async () => {
    expect(await toldAt(november(20))).toBeNull();
    expect(await toldAt(november(23))).toBe('digest');
    expect(shown).toEqual([{ id: 'report:?period=week&from=2026-11-16', title: 'The week in figures' }]);
    worker = restartWorker(november(23));
    expect(await toldAt(november(23, 11))).toBeNull();
    expect(await toldAt(november(29))).toBeNull();
    expect(await toldAt(november(30))).toBe('digest');
  });

  it('waits for nine and for the end of quiet hours', async () => {
    expect(await toldAt(november(23, 7))).toBeNull();
    await writePerson({ ...defaultPerson, reminders: { on: true, quiet: { from: '20:00', to: '12:00' } } });
    expect(await toldAt(november(23, 11))).toBeNull();
    expect(await toldAt(november(23, 12))).toBe('digest');
  });

  it('is not sent with reminders off, without the permission, or of nothing', async () => {
    await writePerson({ ...defaultPerson, reminders: { on: false } });
    expect(await toldAt(november(23))).toBeNull();
    await writePerson({ ...defaultPerson, reminders: { on: true } });
    allowed = false;
    expect(await toldAt(november(23))).toBeNull();
    allowed = true;
    expect(await toldAt(november(23))).toBe('digest');
    await begin(alwaysOpen, false);
    expect(await toldAt(november(23))).toBeNull();
  });

  it('comes again when the browser did not take it', async () => {
    vi.spyOn(browser.notifications, 'create')
      .mockRejectedValueOnce(new Error('no'))
      .mockRejectedValueOnce(new Error('no'));
    expect(await toldAt(november(23))).toBeNull();
    expect(await toldAt(november(23, 11))).toBe('digest');
  });

  it('is neither silenced nor repeated for ever by a clock that jumps', async () => {
    expect(await toldAt(november(23) + 400 * dayMs)).toBe('digest');
    expect(await toldAt(november(23))).toBe('digest');
    expect(await toldAt(november(23, 11))).toBeNull();
  });
});

describe('a review', () => {
  it('is told on its date instead of the digest, once, and again after its cadence', async () => {
    await begin(withReview({ cadence: 'week', next: '2026-11-23' }));
    expect(await toldAt(november(22))).toBeNull();
    expect(await toldAt(november(23))).toBe('review');
    expect(shown).toEqual([
      { id: 'report:?period=week&from=2026-11-16', title: 'The review of marketing and sales is due' },
    ]);
    expect(await toldAt(november(24))).toBeNull();
    expect(await toldAt(november(30))).toBe('review');
  });

  it('that was due before anybody looked is no news', async () => {
    await begin(withReview({ cadence: 'month', next: '2026-11-17' }));
    expect(await toldAt(november(19))).toBeNull();
  });

  it('that no date is named for is due one cadence after the agreement took effect', async () => {
    await begin({ ...withReview({ cadence: 'week' }), effectiveFrom: '2026-11-16T12:00:00Z' });
    expect(await toldAt(november(22))).toBeNull();
    expect(await toldAt(november(23))).toBe('review');
    expect(await toldAt(november(24))).toBeNull();
    expect(await toldAt(november(30))).toBe('review');
  });

  it('is about the period before it', () => {
    expect(reviewQuery('2026-04-03', 'month')).toBe('?period=month&from=2026-03-03');
    expect(reviewQuery('2026-04-03', 'quarter')).toBe('?period=quarter&from=2026-01-03');
    expect(reviewQuery('2026-04-03', 'two-weeks')).toBe('?period=custom&from=2026-03-20&until=2026-04-02');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  });
});

describe('a click', () => {
  it('opens the report on the period of the notice, and nothing for a notice of leads', async () => {
    const opened = vi.spyOn(browser.tabs, 'create').mockResolvedValue({} as never);
    vi.spyOn(browser.notifications, 'clear').mockResolvedValue(true as never);
    await onReportNotice('reminder:1');
    expect(opened).not.toHaveBeenCalled();
    await onReportNotice('report:?period=week&from=2026-11-16');
    expect(opened.mock.calls[0]?.[0].url).toMatch(/\/report\.html\?period=week&from=2026-11-16$/);
  });
});
