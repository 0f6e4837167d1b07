/** A table as lines of plain text for a chat: no markup, because no two chats agree on one. */
import type { Table, TableCell, TableColumn, TableWords } from './table';

/** A chat message that nobody scrolls through. */
const maxRows = 50;

/** A name that is written from right to left must not turn the numbers beside it around: isolate it (Unicode UAX #9). */
const [isolate, end] = ['\u2068', '\u2069'];
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
/** Line breaks, other controls, and marks that turn what follows around. */
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const breaking = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/g;

function plain(text: string): string {
  const line = text.replace(breaking, ' ').trim();
  return rightToLeft.test(line) ? `${isolate}${line}${end}` : line;
}

const none = '–';

function cellText(cell: TableCell, { kind }: TableColumn, { locale, timeZone }: TableWords): string {
  if (cell === null) return none;
  if (typeof cell === 'string') return plain(cell) || none;
  if (!Number.isFinite(cell)) return none;
  if (kind === 'share')
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(cell);
  if (kind === 'instant')
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(cell);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(cell);
}

/**
 * The title, then a line a row: its first cell, and each other one with the name of its column.
 * @param about what the figures stand on; the last line, because a chat knows no page that says it.
 */
export function toText(table: Table, words: TableWords, about?: string): string {
  const lines = table.rows.slice(0, maxRows).map((row) =>
    table.columns
      .map((column, index) => {
        const text = cellText(row[index] ?? null, column, words);
        return index === 0 ? text : `${plain(column.label)} ${text}`;
      })
      .join(' · '),
  );
  if (table.rows.length > maxRows) lines.push(`… +${table.rows.length - maxRows}`);
  return [plain(table.title), ...lines, ...(about === undefined ? [] : [plain(about)])].join('\n');
}
