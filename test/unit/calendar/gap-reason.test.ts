/** Why an instant is closed. */
import { expect, test } from 'vitest';
import { type CalendarSpec, CalendarError, gapReason } from '../../../lib/calendar';
import { at, workweek } from './specs';

const spec = workweek([['09:00', '18:00']], {
  breaks: workweek([['13:00', '14:00']]).weekly,
  holidays: ['2026-06-03', '2026-06-06', '2026-06-09'],
  exceptions: { '2026-06-04': [['09:00', '14:00']], '2026-06-05': [], '2026-06-09': [['10:00', '12:00']] },
});
const june = (day: string, time: string) => at(`2026-06-${day}T${time}:00+02:00`);

test.each([
  ['open hours are no gap', '02', '10:00', null],
  ['the evening', '02', '18:00', 'closed'],
  ['the night', '02', '03:00', 'closed'],
  ['the weekend', '07', '12:00', 'closed'],
  ['lunch', '02', '13:00', 'break'],
  ['a holiday within the hours it takes', '03', '10:00', 'holiday'],
  ['a holiday at lunch', '03', '13:30', 'holiday'],
  ['a holiday at night, because all of it is one', '03', '03:00', 'holiday'],
  ['a holiday on a Saturday', '06', '12:00', 'holiday'],
  ['hours cut short by an exception', '04', '15:00', 'exception'],
  ['the evening of a date with hours of its own', '04', '20:00', 'closed'],
  ['no lunch on a date with hours of its own', '04', '13:30', null],
  ['a date closed by an exception', '05', '10:00', 'exception'],
  ['such a date at night', '05', '23:00', 'exception'],
  ['an exception wins over a holiday', '09', '15:00', 'exception'],
])('%s', (_, day, time, reason) => {
  expect(gapReason(spec, june(day, time))).toBe(reason);
});

test('the missing night shift of a holiday is its holiday\u2019s, past midnight too', () => {
  const nights: CalendarSpec = {
    timeZone: 'Europe/Madrid',
    weekly: { tue: [['22:00', '06:00']] },
    holidays: ['2026-06-09'],
  };
  expect(gapReason(nights, june('03', '02:00'))).toBeNull();
  expect(gapReason(nights, june('10', '02:00'))).toBe('holiday');
  expect(gapReason(nights, june('10', '07:00'))).toBe('closed');
});

test('an instant that is no number is refused', () => {
  expect(() => gapReason(spec, Number.NaN)).toThrow(CalendarError);
});
