/**
 * EspoCRM's own API with the session of its pages, read only. One request for the leads of a screen, and one each for what
 * people did with them: mails that were sent, calls and meetings that were held. What a role may not see is not known,
 * and that is said by its absence.
 */
import type { FieldName, ReadInstant, Viewer } from '../lead/lead';
import { boundedString, gather, isRecord, utcInstant } from './read';
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
  order: string,
  size = pageSize,
): Promise<readonly Item[]> {
  const parameters = new URLSearchParams([
    ['select', ['id', ...query.select].join(',')],
    ['maxSize', String(size)],
    ['offset', String(query.offset ?? 0)],
    ['orderBy', order],
    ['order', 'asc'],
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

function readItem(item: Item, object: EspoObject): Pick<ApiRecord, 'fields' | 'missing'> {
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
  { entity: 'Email', at: 'dateSent', done: 'Sent', more: ['isAutoReply', 'isSystem'] },
  { entity: 'Call', at: 'dateStart', done: 'Held', more: ['direction'] },
  { entity: 'Meeting', at: 'dateStart', done: 'Held', more: [] },
] as const;

/** Pages of activities for one screen of leads; a screen with more has too much history for one look. */
const activityPages = 3;

async function addActivities(
  site: Site,
  request: CrmRequest,
  object: EspoObject,
  ids: readonly string[],
  { entity, at, done, more }: (typeof activities)[number],
  touches: ReadonlyMap<string, ReadInstant[]>,
): Promise<void> {
  const where: Where = [
    ['parentType', 'equals', object],
    ['parentId', 'in', ids],
    ['status', 'equals', done],
  ];
  const select = [at, 'parentId', ...more];
  for (let page = 0; page < activityPages; page += 1) {
    const items = await list(site, request, entity, { select, where, offset: page * pageSize }, at);
    for (const item of items) {
      const instant = utcInstant(item[at], 1000);
      // An autoresponder or a mail of the system is no touch, and a call that came in is the lead's own.
      const isOurs = item['isAutoReply'] !== true && item['isSystem'] !== true && item['direction'] !== 'Inbound';
      if (instant && isOurs) touches.get(String(item['parentId']))?.push(instant);
    }
    if (items.length < pageSize) return;
  }
}

/** The touches of each lead, oldest first, as far as this person's role shows them. */
async function touchesOf(
  site: Site,
  request: CrmRequest,
  object: EspoObject,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ReadInstant[]>> {
  const touches = new Map(ids.map((id) => [id, [] as ReadInstant[]]));
  for (const activity of activities)
    try {
      await addActivities(site, request, object, ids, activity, touches);
    } catch (error) {
      // A role without calls still has leads; but a server that is busy must be left alone.
      if (!(error instanceof CrmApiError) || error.code === 'limited' || error.code === 'failing') throw error;
    }
  for (const all of touches.values()) all.sort((a, b) => a.at - b.at);
  return touches;
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
  const ids = known.map(({ ref }) => ref.value);
  const touches = await touchesOf(site, request, object, ids);
  return known.map(({ item, ref }) => {
    const { fields, missing } = readItem(item, object);
    const [first, last] = [touches.get(ref.value)?.at(0), touches.get(ref.value)?.at(-1)];
    const touched = first && last ? { firstTouchAt: first, lastTouchAt: last } : {};
    return { ref, recordId: ref.value, fields: { ...fields, ...touched }, missing };
  });
}

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
  const items = await list(site, request, object, query, 'createdAt');
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
  batch: 100,
  exhaustive: Object.keys(entities),
  async fetch(refs, page, request) {
    const { object } = page.route;
    const asked = new Map(
      refs.filter(({ by, value }) => by === 'id' && isEspoId(value)).map((ref) => [ref.value, ref] as const),
    );
    if (!isEspoObject(object) || asked.size === 0) return [];
    const query = { select: attributesOf(object), where: [['id', 'in', [...asked.keys()]]] } as const;
    const items = await list(page, request, object, query, 'createdAt', asked.size);
    return records(page, request, object, items, (id) => asked.get(id));
  },
  sweep,
};
