/**
 * CSV that Excel opens right on a double click, in the language of its user: UTF-8 with a byte order mark, CRLF; in Spanish
 * semicolons and decimal commas. Text from a CRM can never become a formula. `csv-stringify` quotes; its plain entry point
 * reads Node's `Buffer` when it loads, so the one for browsers is used, which runs in both.
 */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { offsetAt } from '../calendar/zone';
import type { Table, TableCell, TableColumn, TableWords } from './table';

const byteOrderMark = '\uFEFF';

/**
 * What a spreadsheet may take for a formula, also after blanks and in the full-width forms.
 * Source: OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab and carriage return.
 */
const formulaLike = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** An apostrophe makes a cell text; it is what Excel itself writes in front of one. */
export const harmless = (text: string): string => (formulaLike.test(text) ? `'${text}` : text);

/** More digits than this are noise of the division. */
const digits = 6;

function numberText(value: number, locale: TableWords['locale']): string {
  const rounded = Number(value.toFixed(digits));
  // `1e+21` is no number for every spreadsheet, and a zero needs no sign.
  const plain = Number.isInteger(rounded) ? String(BigInt(rounded)) : rounded.toFixed(digits).replace(/0+$/, '');
  return locale === 'es' ? plain.replace('.', ',') : plain;
}

/** `2026-03-02 09:30` in the zone: the one form that Excel reads as a date in every language. */
function instantText(at: number, timeZone: string): string {
  return new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 16).replace('T', ' ');
}

function cellText(cell: TableCell, { kind }: TableColumn, words: TableWords): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  if (!Number.isFinite(cell)) return '';
  if (kind === 'instant') return Math.abs(cell) <= 8.64e15 - 864e5 ? instantText(cell, words.timeZone) : '';
  return numberText(cell, words.locale);
}

export function toCsv(table: Table, words: TableWords): string {
  const head = table.columns.map(({ label }) => harmless(label));
  const rows = table.rows.map((row) =>
    table.columns.map((column, index) => cellText(row[index] ?? null, column, words)),
  );
  const body = stringify([head, ...rows], { delimiter: words.locale === 'es' ? ';' : ',', record_delimiter: '\r\n' });
  return byteOrderMark + body;
}
