/**
 * Repetition rules of an iCalendar file that always come to an end. ical.js 2.2.1 looks for the next date of a rule that comes more
 * often than monthly without any limit, so that `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30` would hold the page for ever; and `INTERVAL` is
 * walked day by day. Here each turn of its loops costs a step. Drop this when the library bounds them itself.
 */
import ICAL from 'ical.js';
import { ReadFault } from './holiday-fault';

/** Takes steps from what may be spent, and throws when that is used up. */
export type Spend = (steps: number) => void;

/** A holiday lasts a day: what repeats more often is no list of holidays. */
const frequencies = new Set<string>(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
/** Values in all the BY… lists of a rule; every day of a year is named with 366. Some of them are sorted in a slow way. */
const longestRule = 400;
const mostRules = 20;
/** `RDATE` and `EXDATE` of one entry, each of which is put into its place in a list. */
const mostSingleDates = 10_000;

/**
 * Makes all rules of an entry or of a zone spend their steps.
 * @throws {ReadFault} where a rule comes more often than daily, or there is too much of it.
 */
export function boundRules(component: ICAL.Component, spend: Spend): void {
  const properties = component.getAllProperties('rrule');
  const singleDates = [...component.getAllProperties('rdate'), ...component.getAllProperties('exdate')];
  const dates = singleDates.reduce((sum, property) => sum + property.getValues().length, 0);
  if (properties.length > mostRules || dates > mostSingleDates) throw new ReadFault('entry-too-large');
  for (const property of properties) {
    const rule = property.getFirstValue();
    if (!(rule instanceof ICAL.Recur)) throw new ReadFault('unreadable-entry');
    if (!frequencies.has(rule.freq)) throw new ReadFault('rule-too-fine');
    const values = Object.values(rule.parts).reduce((sum, list) => sum + [list].flat().length, 0);
    if (values > longestRule) throw new ReadFault('entry-too-large');
    rule.iterator = (start) => iteratorOf(rule, start, spend);
  }
}

/** A class of its own for each, because the library's constructor already searches, before a field could be set. */
function iteratorOf(rule: ICAL.Recur, dtstart: ICAL.Time, spend: Spend): ICAL.RecurIterator {
  class BoundedIterator extends ICAL.RecurIterator {
    override check_contracting_rules(): boolean {
      spend(1);
      return super.check_contracting_rules();
    }
    override increment_monthday(days: number): void {
      spend(days);
      super.increment_monthday(days);
    }
    override increment_month(): void {
      spend(1);
      super.increment_month();
    }
    override expand_year_days(year: number): number {
      spend(1);
      return super.expand_year_days(year);
    }
  }
  return new BoundedIterator({ rule, dtstart });
}
