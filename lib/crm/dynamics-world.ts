/**
 * Dynamics' part of `world-answer.ts`: which record lies in which row is known to the client's own scripts alone. Whether
 * the grid's row index counts as they do was not verified, so names decide: where every row asked for is called as it shows,
 * the places agree; else only a name that one row alone has is believed. Runs in the page's own world, where nothing can be
 * relied on. It only reads.
 */
import { handleParts, recordIdOf, shownName } from './dynamics-tables';

/** Rows of one page of a grid; Dynamics shows at most 250. */
const rowsAtMost = 1_000;

/** What the vendor's client API promises of a grid and its rows, as far as it is used here. */
interface Entity {
  getId?(): unknown;
  getPrimaryAttributeValue?(): unknown;
  readonly attributes?: { getByName?(name: string): { getValue?(): unknown } | null | undefined };
}
interface Status {
  readonly mainGrid?: {
    getGrid(): { getRows(): { getLength(): unknown; get(index: number): { getData(): { getEntity(): Entity } } } };
  };
}

interface Row {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

function nameOf(entity: Entity): string | undefined {
  const values = [
    entity.getPrimaryAttributeValue?.(),
    ...['fullname', 'name'].map((column) => entity.attributes?.getByName?.(column)?.getValue?.()),
  ];
  return values.flatMap((value) => (typeof value === 'string' ? (shownName(value) ?? []) : []))[0];
}

function readRows(status: Status | undefined): readonly Row[] {
  const rows = status?.mainGrid?.getGrid().getRows();
  const length = Number(rows?.getLength());
  return Array.from({ length: Math.min(length > 0 ? length : 0, rowsAtMost) }, (_, index) => {
    const entity = rows?.get(index).getData().getEntity();
    return { id: recordIdOf(entity?.getId?.()), name: entity && nameOf(entity) };
  });
}

/** @param status what the page's `getCurrentXrmStatus()` gives. @returns handle → record id. */
export function findRows(status: unknown, handles: ReadonlySet<string>): Map<string, string> {
  const rows = readRows(status as Status | undefined);
  const asked = [...handles].flatMap((handle) => {
    const parts = handleParts(handle);
    return parts ? [{ handle, ...parts }] : [];
  });
  const inPlace = asked.every(({ rowIndex, name }) => rows[rowIndex]?.name === name);
  const found = new Map<string, string>();
  for (const { handle, rowIndex, name } of asked) {
    const alike = inPlace ? [rows[rowIndex]] : rows.filter((row) => row.name === name);
    const id = alike.length === 1 ? alike[0]?.id : undefined;
    if (id !== undefined) found.set(handle, id);
  }
  return found;
}
