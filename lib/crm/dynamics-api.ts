/**
 * The Dataverse Web API with the session of the Dynamics page, read only: one request for the records of a screen, and one
 * each for the mails, calls and meetings that were done for them (`dynamics-touches.ts`). A column that a person may not read
 * comes as `null`, like an empty one.
 */
import type { ReadInstant, Viewer } from '../lead/lead';
import {
  handleParts,
  isDynamicsObject,
  recordIdOf,
  shownName,
  tables,
  type DynamicsObject,
  type Table,
} from './dynamics-tables';
import { ask, askTouches, isOneOf, protocol, root, type Item } from './dynamics-touches';
import { boundedString, gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, AskWorld, CrmApi, CrmRequest, Page, RecordRef, Site, SweepPage } from './types';

const label = 'OData.Community.Display.V1.FormattedValue';
const annotated = `odata.include-annotations="${label}"`;

function selectOf({ id, name, texts, lookups, closedOn }: Table): string {
  const columns = [id, name, 'createdon', 'modifiedon', 'statecode', 'statuscode', ...texts.map(([column]) => column)];
  if (closedOn !== undefined) columns.push(closedOn);
  return [...columns, ...lookups.map(([column]) => `_${column}_value`)].join(',');
}

const textOf = (value: unknown): string | undefined => boundedString(typeof value === 'number' ? String(value) : value);

function readItem(item: Item, table: Table): Pick<ApiRecord, 'fields' | 'missing'> {
  const read = gather();
  const labelOf = (column: string): string | undefined => boundedString(item[`${column}@${label}`]);
  read.need('name', textOf(item[table.name]));
  read.need('status', textOf(item['statuscode']));
  read.keep('statusLabel', labelOf('statuscode'));
  read.need('ownerId', recordIdOf(item['_ownerid_value']));
  for (const [column, field] of table.lookups) read.keep(field, labelOf(`_${column}_value`));
  for (const [column, field] of table.texts) if (!(field in read.fields)) read.keep(field, textOf(item[column]));
  read.need('createdAt', utcInstant(item['createdon'], 1000));
  read.keep('modifiedAt', utcInstant(item['modifiedon'], 1000));
  // 0 is open, in all three tables.
  if (table.closedOn !== undefined && item['statecode'] !== 0) read.keep('closedAt', dayOf(item[table.closedOn]));
  return read;
}

const hourMs = 3_600_000;

/** A day in a zone that nobody names: it begins at most 14 h before that of UTC, and ends at most 12 h after it. */
function dayOf(value: unknown): ReadInstant | undefined {
  const day = typeof value === 'string' ? utcInstant(`${value.slice(0, 10)}T00:00Z`, 24 * hourMs) : undefined;
  return day && { at: day.at - 14 * hourMs, precision: 50 * hourMs };
}

interface Known extends Pick<ApiRecord, 'fields' | 'missing'> {
  readonly id: string;
}

/** The records in an answer, with what was done for them. */
async function complete(items: readonly Item[], table: Table, request: CrmRequest): Promise<readonly Known[]> {
  const records = items.flatMap((item) => {
    const id = recordIdOf(item[table.id]);
    return id === undefined ? [] : [{ id, ...readItem(item, table) }];
  });
  const touchesOf = await askTouches(
    request,
    records.map(({ id }) => id),
  );
  return records.map(({ id, fields, missing }) => {
    const touches = touchesOf(id);
    return { id, fields: { ...fields, ...touches.fields }, missing: [...missing, ...touches.missing] };
  });
}

/** The page's word for which record a row is counts only where the record is called what the row shows. */
const isShown = ({ fields }: Known, handle: string): boolean =>
  fields.name !== undefined && shownName(fields.name) === handleParts(handle)?.name;

async function fetchRecords(
  refs: readonly RecordRef[],
  page: Page,
  request: CrmRequest,
  world: AskWorld,
): Promise<readonly ApiRecord[]> {
  const { object } = page.route;
  if (!isDynamicsObject(object)) return [];
  const handles = refs.filter(({ by }) => by === 'handle').map(({ value }) => value);
  const named: ReadonlyMap<string, string> = handles.length === 0 ? new Map() : await world(handles);
  const asked = refs.flatMap((ref) => {
    const id = recordIdOf(ref.by === 'id' ? ref.value : named.get(ref.value));
    return id === undefined ? [] : [{ ref, id }];
  });
  const table = tables[object];
  const ids = [...new Set(asked.map(({ id }) => id))];
  if (ids.length === 0) return [];
  const path = `${root}${table.set}?$select=${selectOf(table)}&$filter=${isOneOf(table.id, ids)}`;
  const { items } = await ask(request, path, annotated);
  const wanted = items.filter((item) => ids.includes(recordIdOf(item[table.id]) ?? ''));
  const known = new Map((await complete(wanted, table, request)).map((record) => [record.id, record]));
  return asked.flatMap(({ ref, id }) => {
    const record = known.get(id);
    if (!record || (ref.by === 'handle' && !isShown(record, ref.value))) return [];
    return [{ ref, recordId: id, fields: record.fields, missing: record.missing }];
  });
}

async function askViewer(_site: Site, request: CrmRequest): Promise<Viewer | null> {
  const answer = await request(`${root}WhoAmI`, { headers: protocol });
  if (!isRecord(answer)) throw new CrmApiError('unreadable', 'Dynamics does not say who is signed in');
  const id = recordIdOf(answer['UserId']);
  return id === undefined ? null : { id };
}

/** Contacts are nobody's open leads: all that are not deactivated are open. */
const swept: readonly DynamicsObject[] = ['lead', 'opportunity'];
/** The ids of one page also go into an address, see {@link isOneOf}. */
const pageSize = 100;
/** A cookie of the server's own, with all of the query before it. */
const longestCursor = 8_000;

function firstPage(object: DynamicsObject, viewer: Viewer | null): string {
  const table = tables[object];
  const mine = viewer ? ` and _ownerid_value eq ${recordIdOf(viewer.id)}` : '';
  return `${root}${table.set}?$select=${selectOf(table)}&$filter=statecode eq 0${mine}&$orderby=createdon asc,${table.id} asc`;
}

/** Path and query of the rest; the server writes its whole address, which must be ours. */
function cursorOf(more: unknown, { url }: Site): string {
  const next = typeof more === 'string' && URL.canParse(more) ? new URL(more) : null;
  const cursor = `${next?.pathname}${next?.search}`;
  if (next?.origin !== url.origin || cursor.length > longestCursor)
    throw new CrmApiError('unreadable', 'Dynamics does not say where its list goes on');
  return cursor;
}

async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  // Without an id nothing tells this person's leads from the others'.
  if (viewer && recordIdOf(viewer.id) === undefined) return { records: [], next: null };
  const path = cursor ?? firstPage('lead', viewer);
  const object = swept.find((name) => path.startsWith(`${root}${tables[name].set}?`));
  if (object === undefined) throw new CrmApiError('unreadable', 'Dynamics was asked for a page that it has not');
  const { items, more } = await ask(request, path, `odata.maxpagesize=${pageSize},${annotated}`);
  if (items.length > pageSize) throw new CrmApiError('unreadable', 'Dynamics answered more than it was asked for');
  const following = swept[swept.indexOf(object) + 1];
  const rest = following === undefined ? null : firstPage(following, viewer);
  return {
    records: (await complete(items, tables[object], request)).map(({ id, fields, missing }) => {
      return { ref: { by: 'id', value: id }, recordId: id, object, fields, missing };
    }),
    next: more === undefined ? rest : cursorOf(more, site),
  };
}

export const api: CrmApi = {
  batch: 100,
  exhaustive: Object.keys(tables),
  fetch: fetchRecords,
  viewer: askViewer,
  sweep,
};
