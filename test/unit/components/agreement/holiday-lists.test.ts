/** Public holidays of a country: each whole local day of them. */
import { describe, expect, it } from 'vitest';
import { loadHolidayLists } from '../../../../components/agreement/holiday-lists';

const lists = await loadHolidayLists('en');
const daysOf = (country: string, name: RegExp, year = 2026): string[] =>
  lists
    .holidays(country, '', [year])
    .filter((one) => name.test(one.name))
    .map(({ date }) => date);

describe('a public holiday', () => {
  it('of one day is one date, also on the day on which a clock goes forward', () => {
    expect(daysOf('DE', /Christmas Day/)).toEqual(['2026-12-25']);
    // Easter Sunday of 2027 is the 28th of March, on which Germany's clocks change.
    expect(daysOf('DE', /Easter Monday/, 2027)).toEqual(['2027-03-29']);
    expect(lists.holidays('DE', 'BB', [2027]).filter(({ date }) => date === '2027-03-28')).toHaveLength(1);
  });

  it('of several days is each of them', () => {
    expect(daysOf('KR', /Chuseok|Korean Thanksgiving|추석/)).toEqual(['2026-09-24', '2026-09-25', '2026-09-26']);
  });

  it('that begins at sunset takes its own days and not the one before', () => {
    expect(daysOf('AE', /End of Ramadan/)).toEqual(['2026-03-20', '2026-03-21', '2026-03-22']);
    expect(daysOf('AE', /Sacrifice|Adha/)).toEqual(['2026-05-27', '2026-05-28', '2026-05-29']);
    expect(daysOf('IL', /Yom Kippur/)).toEqual(['2026-09-21']);
  });

  it('that ends at noon does not take that day, and one of an afternoon takes none', () => {
    expect(daysOf('TR', /End of Ramadan/)).toEqual(['2026-03-20', '2026-03-21', '2026-03-22']);
    const guatemala = lists.holidays('GT', '', [2026]).map(({ date }) => date);
    expect(guatemala).toContain('2026-12-25');
    expect(guatemala).not.toContain('2026-12-24');
  });

  it('of years that follow each other stand in order, each date once', () => {
    const dates = lists.holidays('KR', '', [2027, 2026]).map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(dates.length).toBeGreaterThan(20);
  });
});
