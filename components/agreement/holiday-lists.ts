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
        for (const { date, type, name } of own.getHolidays(year) ?? [])
          if (type === 'public') dates.set(date.slice(0, 10), name);
      return [...dates].map(([date, name]) => ({ date, name }));
    },
  };
}
