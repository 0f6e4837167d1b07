/**
 * EspoCRM's own API with the session of its pages, read only. One request for the leads of a screen, and one each for what
 * people did with them: mails that were sent, calls and meetings that were held. What a role may not see is not known, and
 * that is said.
 */
import type { FieldName, Viewer } from '../lead/lead';
import { createHistory, type Entry, type History } from './history';
import { boundedString, gather, isRecord, utcInstant, type Gathered } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, RecordRef, Site, SweepPage } from './types';

export type EspoObject = 'Lead' | 'Opportunity';

interface EspoApiField {
  readonly field: FieldName;
  readonly attribute: string;
  /** Clocks need it, so its absence is news. The others may be hidden from a role, or taken off the entity. */
  readonly needed?: true;
}

const common: readonly EspoApiField[] = [
  { field: 'name', attribute: 'name', needed: true },
  { field: 'createdAt', attribute: 'createdAt', needed: true },
  { field: 'modifiedAt', attribute: 'modifiedAt' },
  { field: 'ownerId', attribute: 'assignedUserId', needed: true },
  { field: 'owner', attribute: 'assignedUserName' },
  { field: 'company', attribute: 'accountName' },
  { field: 'campaign', attribute: 'campaignName' },
];

interface EspoEntity {
  readonly fields: readonly EspoApiField[];
  /** Espo's own name for "not closed", whatever statuses an installation has. */
  readonly open: string;
}

const entities: Readonly<Record<EspoObject, EspoEntity>> = {
  Lead: {
    fields: [
      ...common,
      { field: 'status', attribute: 'status', needed: true },
      { field: 'source', attribute: 'source' },
      { field: 'email', attribute: 'emailAddress' },
      { field: 'phone', attribute: 'phoneNumber' },
      { field: 'closedAt', attribute: 'convertedAt' },
    ],
    open: 'actual',
  },
  Opportunity: {
    // `closeDate` is when somebody hopes to close: no instant of ours.
    fields: [
      ...common,
      { field: 'status', attribute: 'stage', needed: true },
      { field: 'source', attribute: 'leadSource' },
    ],
    open: 'open',
  },
};

export const isEspoObject = (name: string): name is EspoObject => Object.hasOwn(entities, name);
/** 17 hex digits or a UUID; anything else that fits could not be told from a path. */
export const isEspoId = (value: string | null | undefined): value is string => /^[\w-]{1,36}$/u.test(value ?? '');

type Item = Readonly<Record<string, unknown>>;
type Where = readonly (readonly [attribute: string, type: string, value: string | readonly string[]])[];

/** `maxSize` may be at most 200; above it Espo answers 403. */
const pageSize = 200;

async function list(
  site: Site,
  request: CrmRequest,
  entity: string,
  query: {
    readonly select: readonly string[];
    readonly where: Where;
    readonly primary?: string;
    readonly offset?: number;
  },
  order: { readonly by: string; readonly descending: boolean },
  size = pageSize,
): Promise<readonly Item[]> {
  const parameters = new URLSearchParams([
    ['select', ['id', ...query.select].join(',')],
    ['maxSize', String(size)],
    ['offset', String(query.offset ?? 0)],
    ['orderBy', order.by],
    ['order', order.descending ? 'desc' : 'asc'],
  ]);
  if (query.primary !== undefined) parameters.set('primaryFilter', query.primary);
  query.where.forEach(([attribute, type, value], index) => {
    parameters.append(`where[${index}][type]`, type);
    parameters.append(`where[${index}][attribute]`, attribute);
    if (typeof value === 'string') parameters.append(`where[${index}][value]`, value);
    else for (const one of value) parameters.append(`where[${index}][value][]`, one);
  });
  const base = new URL('.', site.url).pathname;
  // Without this header Espo answers a lost session with a challenge, and the browser asks for a password.
  const headers = { 'X-Requested-With': 'XMLHttpRequest' };
  const answer = await request(`${base}api/v1/${entity}?${parameters.toString()}`, { headers });
  if (!isRecord(answer) || !Array.isArray(answer['list']))
    throw new CrmApiError('unreadable', 'EspoCRM answered no list of records');
  return answer['list'].filter((item): item is Item => isRecord(item) && typeof item['id'] === 'string');
}

function readItem(item: Item, object: EspoObject): Gathered {
  const read = gather();
  for (const { field, attribute, needed } of entities[object].fields) {
    const value = item[attribute];
    const known = field.endsWith('At') ? utcInstant(value, 1000) : boundedString(value);
    read.keep(field, known);
    const empty = value === null || value === '';
    // Nobody may own a lead; but a lead without creation, name or status is one that we cannot read.
    const wrong = empty ? needed && field !== 'ownerId' : value === undefined ? needed : known === undefined;
    if (wrong) read.miss(field);
  }
  return read;
}

/** What people do with a lead, and which of it counts as what. */
const activities = [
  { entity: 'Email', at: 'dateSent', done: 'Sent', more: ['isAutoReply', 'isSystem'], of: ['touch'] },
  { entity: 'Call', at: 'dateStart', done: 'Held', more: ['direction'], of: ['touch', 'inbound'] },
  { entity: 'Meeting', at: 'dateStart', done: 'Held', more: [], of: ['touch'] },
] as const;

/** Ids in one question: they stand in the address, which servers take up to some 8,000 characters. */
const idsAtOnce = 100;

/** What was done with these leads, as far as this person's role shows it. */
async function historyOf(
  site: Site,
  request: CrmRequest,
  object: EspoObject,
  ids: readonly string[],
): Promise<History> {
  const history = createHistory();
  for (const { entity, at, done, more, of } of activities) {
    const where: Where = [
      ['parentType', 'equals', object],
      ['parentId', 'in', ids],
      ['status', 'equals', done],
    ];
    const select = [at, 'parentId', ...more];
    await history.add({
      of,
      async page(from, offset) {
        const order = { by: at, descending: from === 'newest' };
        const items = await list(site, request, entity, { select, where, offset }, order);
        return { entries: items.map((item) => entryOf(item, at)), full: items.length >= pageSize };
      },
    });
  }
  return history;
}

/** An autoresponder or a mail of the system is no touch, and a call that came in is the lead's own. */
function entryOf(item: Item, at: string): Entry {
  const automatic = item['isAutoReply'] === true || item['isSystem'] === true;
  const is = item['direction'] === 'Inbound' ? 'inbound' : automatic ? null : 'touch';
  return { lead: String(item['parentId']), at: utcInstant(item[at], 1000), is };
}

const attributesOf = (object: EspoObject): string[] => entities[object].fields.map(({ attribute }) => attribute);

async function records(
  site: Site,
  request: CrmRequest,
  object: EspoObject,
  items: readonly Item[],
  refOf: (id: string) => RecordRef | undefined,
): Promise<readonly ApiRecord[]> {
  const known = items.flatMap((item) => {
    const ref = refOf(String(item['id']));
    return ref ? [{ item, ref }] : [];
  });
  if (known.length === 0) return [];
  const answered: ApiRecord[] = [];
  for (let from = 0; from < known.length; from += idsAtOnce) {
    const some = known.slice(from, from + idsAtOnce);
    const ids = some.map(({ ref }) => ref.value);
    const history = await historyOf(site, request, object, ids);
    for (const { item, ref } of some) {
      const read = readItem(item, object);
      history.tell(read, ref.value);
      answered.push({ ref, recordId: ref.value, fields: read.fields, missing: read.missing });
    }
  }
  return answered;
}

const oldestFirst = { by: 'createdAt', descending: false } as const;

/** Which page of which entity: `Lead:200`. */
function readCursor(cursor: string | null): { object: EspoObject; offset: number } {
  const [object = 'Lead', offset = '0'] = (cursor ?? 'Lead:0').split(':');
  return { object: isEspoObject(object) ? object : 'Lead', offset: Number(offset) || 0 };
}

async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const { object, offset } = readCursor(cursor);
  const where: Where = viewer?.id === undefined ? [] : [['assignedUserId', 'equals', viewer.id]];
  const query = { select: attributesOf(object), where, primary: entities[object].open, offset };
  const items = await list(site, request, object, query, oldestFirst);
  const after = object === 'Lead' ? 'Opportunity:0' : null;
  const swept = await records(site, request, object, items, (value) =>
    isEspoId(value) ? { by: 'id', value } : undefined,
  );
  return {
    records: swept.map((record) => Object.assign({}, record, { object })),
    next: items.length < pageSize ? after : `${object}:${offset + pageSize}`,
  };
}

export const espocrmApi: CrmApi = {
  batch: idsAtOnce,
  exhaustive: Object.keys(entities),
  async fetch(refs, page, request) {
    const { object } = page.route;
    const asked = new Map(
      refs.filter(({ by, value }) => by === 'id' && isEspoId(value)).map((ref) => [ref.value, ref] as const),
    );
    if (!isEspoObject(object) || asked.size === 0) return [];
    const query = { select: attributesOf(object), where: [['id', 'in', [...asked.keys()]]] } as const;
    const items = await list(page, request, object, query, oldestFirst, asked.size);
    return records(page, request, object, items, (id) => asked.get(id));
  },
  sweep,
};
