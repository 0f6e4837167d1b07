/** What leaves the report: text can't become a formula, and Excel opens it right in both languages. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, toCsv } from '../../../lib/report/csv';
import type { Table } from '../../../lib/report/table';
import { toText } from '../../../lib/report/text';

const table: Table = {
  title: 'Sources',
  columns: [
    { label: 'Source', kind: 'text' },
    { label: 'Share', kind: 'share' },
    { label: 'Change', kind: 'number' },
    { label: 'Seen', kind: 'instant' },
  ],
  rows: [
    ['web; "fair", both', 0.125, -1_234.5, Date.parse('2026-03-29T07:30:00Z')],
    ['=HYPERLINK("https://evil.example")', null, 0, null],
  ],
};
const timeZone = 'Europe/Madrid';

describe('CSV', () => {
  it('in English has commas and decimal points', () => {
    expect(toCsv(table, { locale: 'en', timeZone })).toBe(
      '\uFEFFSource,Share,Change,Seen\r\n' +
        '"web; ""fair"", both",0.125,-1234.5,2026-03-29 09:30\r\n' +
        `"'=HYPERLINK(""https://evil.example"")",,0,\r\n`,
    );
  });

  it('in Spanish has semicolons and decimal commas', () => {
    expect(toCsv(table, { locale: 'es', timeZone })).toBe(
      '\uFEFFSource;Share;Change;Seen\r\n' +
        '"web; ""fair"", both";0,125;-1234,5;2026-03-29 09:30\r\n' +
        `"'=HYPERLINK(""https://evil.example"")";;0;\r\n`,
    );
  });

  it('never lets text begin like a formula', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '\uFF1D', '\u00A0@');
    fc.assert(
      fc.property(start, fc.string(), (first, rest) => {
        const own: Table = { title: '', columns: [{ label: first + rest, kind: 'text' }], rows: [[first + rest]] };
        const cells = toCsv(own, { locale: 'en', timeZone }).slice(1).split('\r\n');
        expect(cells[0]).toMatch(/^"?'/);
        expect(harmless(first + rest)).toBe(`'${first}${rest}`);
      }),
    );
    expect(harmless('3 = three')).toBe('3 = three');
  });

  it('writes any number plainly, and nothing for what is none', () => {
    const numbers: Table = {
      title: '',
      columns: [{ label: 'n', kind: 'number' }],
      rows: [1e21, 1 / 3, -0, 1e-9, Number.NaN, Infinity].map((n) => [n]),
    };
    const lines = toCsv(numbers, { locale: 'es', timeZone }).split('\r\n').slice(1);
    expect(lines).toEqual(['1000000000000000000000', '0,333333', '0', '0', '', '', '']);
  });

  it('keeps its columns where a row is short or empty', () => {
    const gaps: Table = { ...table, rows: [['web'], []] };
    expect(toCsv(gaps, { locale: 'en', timeZone }).split('\r\n').slice(1)).toEqual(['web,,,', ',,,', '']);
    expect(toCsv({ ...table, rows: [] }, { locale: 'en', timeZone })).toBe('\uFEFFSource,Share,Change,Seen\r\n');
  });
});

describe('text for a chat', () => {
  it('says each row with its columns', () => {
    // Which blank stands before AM is the runtime's affair.
    expect(toText(table, { locale: 'en', timeZone }).replaceAll('\u202F', ' ').split('\n')).toEqual([
      'Sources',
      'web; "fair", both · Share 12.5% · Change -1,234.5 · Seen Mar 29, 2026, 9:30 AM',
      '=HYPERLINK("https://evil.example") · Share – · Change 0 · Seen –',
    ]);
    expect(toText(table, { locale: 'es', timeZone })).toContain('Share 12,5\u00A0%');
  });

  it('keeps a name on its line and its direction to itself', () => {
    const odd: Table = {
      title: 'a\nb',
      columns: [{ label: 'n', kind: 'text' }],
      rows: [['x\n\u202Ey'], ['שלום'], ['']],
    };
    expect(toText(odd, { locale: 'en', timeZone })).toBe('a b\nx y\n\u2068שלום\u2069\n–');
  });

  it('ends where nobody reads on', () => {
    const long: Table = { ...table, rows: Array.from({ length: 60 }, () => ['web', 1, 1, null]) };
    expect(toText(long, { locale: 'en', timeZone }, 'March\n2026').split('\n').at(-1)).toBe('March 2026');
    const lines = toText(long, { locale: 'en', timeZone }).split('\n');
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe('… +10');
  });
});
