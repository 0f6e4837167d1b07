/**
 * What stands in the margins of every printed sheet: which report it is, of which leads and when, and the number of the sheet,
 * because sheets are taken apart. Browsers that know no margin boxes (CSS Paged Media 3) print without them.
 */
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { t } from '../../lib/platform/i18n';
import { stateColours } from '../../lib/platform/tokens';
import type { Filters } from '../../lib/report';
import type { Query } from './query';
import { dimensionWords, paperInstant, windowWords } from './report-words';
import { personal, valueWords, type Named } from './value-words';
import type { View } from './view';

/** A line of a sheet has room for about this much, in letters. */
const longestFilter = 70;

/** As a string of a style sheet: nothing in it can end it. */
const quoted = (words: string): string =>
  `"${words.replaceAll(/["\\\n\r\f]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `)}"`;

/** "Source: web, fair · Team: hidden". */
export function filterWords(named: Named, filters: Filters, names: 'hidden' | 'shown'): string {
  const words = Object.entries(filters).map(([dimension, values]) => {
    const said =
      personal.includes(dimension) && names === 'hidden'
        ? t('report_hidden')
        : (values ?? []).map((value) => valueWords(named, dimension as keyof Filters, value)).join(', ');
    return `${dimensionWords(dimension)}: ${said}`;
  });
  const line = words.join(' · ');
  return line.length > longestFilter ? `${line.slice(0, longestFilter - 1)}…` : line;
}

export function paperWords({ gathered, query, window, names }: View, tab: Query['tab']): string {
  const { columns, terms } = gathered;
  const about = tab === 'kpi' ? windowWords(window, columns.timeZone) : t('report_tab_sla');
  const filters = filterWords({ columns, teams: terms.agreement.teams }, query.filters, names);
  const words = t('report_paper', about, t('report_as_of', paperInstant(columns.now, columns.timeZone)));
  return filters === '' ? words : `${words} · ${filters}`;
}

export function usePaper(words: string): void {
  useEffect(() => {
    const look = `font:8pt system-ui,sans-serif;color:${stateColours.light.unknown.text}`;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `@page{@top-left{content:${quoted(words)};white-space:nowrap;${look}}` +
        `@bottom-right{content:counter(page) " / " counter(pages);${look}}}`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [words]);
}

/** Whether the page is being printed. What depends on it stands on the page before the first sheet is made. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
