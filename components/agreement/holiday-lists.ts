/**
 * The public holidays of a country, from the package `date-holidays` (its data: CC BY 3.0, named where it is offered). 1.5 MB, so it is
 * loaded when somebody asks for it, and only by the options page.
 */
export interface Region {
  readonly id: string;
  readonly name: string;
}

export interface HolidayLists {
  readonly countries: readonly Region[];
  readonly regions: (country: string) => readonly Region[];
  /** Public holidays of the years, by local date. */
  readonly holidays: (
    country: string,
    region: string,
    years: readonly number[],
  ) => readonly { readonly date: string; readonly name: string }[];
}

const byName = (names: Readonly<Record<string, string>> | undefined): Region[] =>
  Object.entries(names ?? {})
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name));

export async function loadHolidayLists(language: string): Promise<HolidayLists> {
  const { default: Holidays } = await import('date-holidays');
  const all = new Holidays();
  return {
    countries: byName(all.getCountries(language)),
    regions: (country) => byName(all.getStates(country, language)),
    holidays: (country, region, years) => {
      const own =
        region === ''
          ? new Holidays(country, { languages: language })
          : new Holidays(country, region, { languages: language });
      const dates = new Map<string, string>();
      for (const year of years)
        for (const holiday of own.getHolidays(year) ?? [])
          if (holiday.type === 'public')
            for (const date of wholeDays(holiday)) if (!dates.has(date)) dates.set(date, holiday.name);
      return [...dates].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
    },
  };
}

const [hourMs, dayMs] = [3_600_000, 86_400_000];
/** Days of one holiday; the longest of the lists has six. */
const longestHoliday = 30;

interface Listed {
  /** Local date and time that it is named by, `2026-03-20 00:00:00 -0600`. */
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
}

/**
 * The local days that a holiday takes all of, by date. Some last for days, and some for an afternoon, which closes none. Those of the
 * Islamic and the Hebrew calendar begin at sunset of the day before: it is their date and their length that count, not their hours.
 */
function wholeDays({ date, start, end }: Listed): string[] {
  // A day has 23 hours where a clock goes forward.
  const days = Math.floor((end.getTime() - start.getTime() + hourMs) / dayMs);
  const first = Date.parse(date.slice(0, 10));
  return Array.from({ length: Math.min(days, longestHoliday) }, (_, index) =>
    new Date(first + index * dayMs).toISOString().slice(0, 10),
  );
}
