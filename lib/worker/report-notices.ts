/**
 * Says when a review is due, and once a week that there are new figures; a click opens the report. Driven by the hourly
 * alarm, silent in quiet hours, before nine, and where reminders are off. It computes no figure: the report page does.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { reviewsOf } from '../agreement/review';
import type { Agreement } from '../agreement/schema';
import { t } from '../platform/i18n';
import { clearNotice, mayNotify, notify } from '../platform/notifications';
import { speakAsChosen } from '../platform/speech';
import { readPerson } from '../settings/person';
import { readStored } from '../settings/stored';
import type { WorkerContext } from './context';
import { quietEnd } from './reminding';
import { mondayOf, reportNotice, type ReportNotice, type ReportTold } from './report-dates';

const storageKey = 'reportTold';
const date = z.iso.date();
const schema = z.strictObject({ since: date, review: date.nullable(), digest: date.nullable() });

const noticePrefix = 'report:';
/** Nobody's day begins with figures before this hour, local. */
const earliestHour = 9;

/** Local date of this browser, where the person is. */
function dateHere(now: number): string {
  const here = new Date(now);
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${here.getFullYear()}-${part(here.getMonth() + 1)}-${part(here.getDate())}`;
}

/** The zone that the report counts its days in: that of the hours that stand first. */
const zoneOf = ({ calendars }: Pick<Agreement, 'calendars'>): string =>
  Object.values(calendars)[0]?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

async function readTold(today: string): Promise<ReportTold> {
  const stored = await readStored('local', storageKey, schema);
  if (stored.kind === 'value') {
    const { since } = stored.value;
    // The computer's clock went back.
    return { ...stored.value, since: since > today ? today : since };
  }
  // The week in which somebody begins has no digest.
  const told = { since: today, review: null, digest: mondayOf(today) };
  await browser.storage.local.set({ [storageKey]: told });
  return told;
}

const words = (notice: ReportNotice): { readonly title: string; readonly message: string } => ({
  title: t(notice.kind === 'review' ? 'report_notice_review' : 'report_notice_digest'),
  message: t(notice.kind === 'review' ? 'report_notice_review_do' : 'report_notice_digest_do'),
});

/** Shows the notice that is due, at most one. @returns what was told. */
export async function tellOfReport(context: WorkerContext): Promise<ReportNotice['kind'] | null> {
  const { person } = await readPerson();
  if (!person.reminders.on || !(await mayNotify())) return null;
  await speakAsChosen();
  return context.alone(async () => {
    const now = context.now();
    const today = dateHere(now);
    const told = await readTold(today);
    if (new Date(now).getHours() < earliestHour || quietEnd(person, now) > now) return null;
    const { agreement } = await context.agreement();
    const reviews = reviewsOf(agreement, zoneOf(agreement));
    const notice = reportNotice(reviews, told, today);
    // A report of nothing is no news.
    if (!notice || (await context.withLedger((ledger) => ledger.count()).catch(() => 0)) === 0) return null;
    const isShown = await notify(noticePrefix + notice.query, {
      ...words(notice),
      buttons: [t('reminder_open')],
    });
    if (!isShown) return null;
    const review = notice.kind === 'review' ? notice.due : told.review;
    await browser.storage.local.set({ [storageKey]: { ...told, review, digest: mondayOf(today) } });
    return notice.kind;
  });
}

/** A notice was clicked, anywhere on it: the report opens on its period. */
export async function onReportNotice(id: string): Promise<void> {
  if (!id.startsWith(noticePrefix)) return;
  await Promise.all([
    clearNotice(id),
    browser.tabs.create({
      url: browser.runtime.getURL(`/report.html${id.slice(noticePrefix.length)}` as '/report.html'),
    }),
  ]);
}
