/**
 * The demo CRM's data and its API, apart from HTTP: queries over the leads, and changes to one of them with the dates
 * that a CRM keeps by itself.
 */
import { demoStatuses, instantText, type ApiLead, type DemoLead, type DemoStatus } from './leads.ts';
import { reps } from './names.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export const pageSize = 25;
const mostIds = 200;
const mostRows = 1_000;

const sortable = ['name', 'company', 'status', 'owner', 'source', 'region', 'tier', 'handedOverAt'] as const;
type SortField = (typeof sortable)[number];

const failure = (status: number, error: string): Answer => ({ status, body: { error } });

/** Routes one call. `me` is the signed-in rep's id; `body` is parsed JSON of unknown shape. */
export function answer(
  leads: readonly DemoLead[],
  call: { method: string; url: URL; body: unknown; me: string; now: number; allOpen?: boolean },
): Answer {
  const { method, url, me } = call;
  if (method === 'GET' && url.pathname === '/api/me')
    return { status: 200, body: { ...reps.find((rep) => rep.id === me), team: reps } };
  if (method === 'GET' && url.pathname === '/api/leads')
    return query(leads, url.searchParams, me, call.allOpen === true);
  const id = /^\/api\/leads\/([\w-]{1,40})$/.exec(url.pathname)?.[1];
  const lead = id === undefined ? undefined : leads.find(({ record }) => record.id === id);
  if (!lead) return failure(404, 'no such record');
  if (method === 'GET') return { status: 200, body: { lead: lead.record } };
  if (method === 'PATCH') return change(lead.record, call.body, call.now);
  return failure(405, 'GET or PATCH');
}

function query(leads: readonly DemoLead[], params: URLSearchParams, me: string, allOpen: boolean): Answer {
  const ids = params.get('ids');
  if (ids !== null) {
    const wanted = new Set(ids.split(','));
    if (wanted.size > mostIds) return failure(400, `at most ${mostIds} ids`);
    return { status: 200, body: { leads: records(leads).filter(({ id }) => wanted.has(id)) } };
  }
  // The generated bulk is for `view=all`; people work with what is near.
  const all = records(leads);
  const found = params.get('view') === 'all' ? all : sorted(filtered(all.slice(0, nearCount), params, me), params);
  if (params.get('view') === 'open') {
    const after = params.get('after') ?? '';
    const open = allOpen ? all : all.slice(0, nearCount).filter(({ status }) => status !== 'won' && status !== 'lost');
    const asked = allOpen || params.get('owner') !== 'mine';
    const mine = open.filter(({ id, owner }) => id > after && (asked || owner?.id === me));
    const byId = mine.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const limit = wholeNumber(params.get('limit'), 100, mostIds);
    return { status: 200, body: { leads: byId.slice(0, limit), more: byId.length > limit } };
  }
  if (params.get('view') === 'order') return { status: 200, body: { ids: found.map(({ id }) => id) } };
  if (params.get('view') === 'board') return { status: 200, body: { leads: found, total: found.length } };
  if (params.get('view') === 'all') {
    const offset = wholeNumber(params.get('offset'), 0, found.length);
    const limit = wholeNumber(params.get('limit'), 100, mostRows);
    return { status: 200, body: { leads: found.slice(offset, offset + limit), offset, total: found.length } };
  }
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.max(1, wholeNumber(params.get('page'), 1, pages));
  const rows = found.slice((page - 1) * pageSize, page * pageSize);
  return { status: 200, body: { leads: rows, total: found.length, page, pages, pageSize } };
}

/** How many leads the list and the board show. */
export const nearCount = 48;

const records = (leads: readonly DemoLead[]): ApiLead[] => leads.map(({ record }) => record);

function wholeNumber(text: string | null, otherwise: number, most: number): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Math.min(Number(text), most) : otherwise;
}

function filtered(leads: readonly ApiLead[], params: URLSearchParams, me: string): ApiLead[] {
  const [status, owner] = [params.get('status'), params.get('owner')];
  const words = params.get('q')?.trim().toLowerCase() ?? '';
  return leads.filter(
    (lead) =>
      (!status || lead.status === status) &&
      (owner !== 'mine' || lead.owner?.id === me) &&
      `${lead.name}\n${lead.company}`.toLowerCase().includes(words),
  );
}

function sortValue(lead: ApiLead, field: SortField): string {
  if (field === 'owner') return lead.owner?.name ?? '';
  // Without a hand-off, the last change says how fresh it is.
  if (field === 'handedOverAt') return lead.handedOverAt ?? lead.modifiedAt;
  if (field === 'status') return String(demoStatuses.indexOf(lead.status));
  return lead[field];
}

function sorted(leads: ApiLead[], params: URLSearchParams): ApiLead[] {
  const field = sortable.find((name) => name === params.get('sort')) ?? 'handedOverAt';
  const direction = params.get('dir') === 'asc' ? 1 : -1;
  return leads.toSorted(
    (one, other) =>
      direction * sortValue(one, field).localeCompare(sortValue(other, field)) || one.id.localeCompare(other.id),
  );
}

interface Change {
  readonly status?: DemoStatus;
  readonly ownerId?: string;
  readonly touch?: true;
  readonly resume?: true;
}

function parseChange(body: unknown): Change | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { status, ownerId, touch, resume, ...rest } = body as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return null;
  const known = demoStatuses.find((name) => name === status);
  if (status !== undefined && !known) return null;
  if (ownerId !== undefined && !reps.some(({ id }) => id === ownerId)) return null;
  if ([touch, resume].some((value) => value !== undefined && value !== true)) return null;
  return {
    ...(known ? { status: known } : {}),
    ...(ownerId === undefined ? {} : { ownerId: ownerId as string }),
    ...(touch === true ? { touch } : {}),
    ...(resume === true ? { resume } : {}),
  };
}

function change(lead: ApiLead, body: unknown, now: number): Answer {
  const wanted = parseChange(body);
  if (!wanted) return failure(422, 'status, ownerId, touch or resume');
  const at = instantText(Math.floor(now / 1_000) * 1_000);
  if (wanted.ownerId !== undefined && wanted.ownerId !== lead.owner?.id) {
    lead.owner = reps.find(({ id }) => id === wanted.ownerId) ?? null;
    lead.assignedAt = at;
  }
  if (wanted.touch) {
    lead.firstTouchAt ??= at;
    lead.lastTouchAt = at;
    if (lead.status === 'new' || lead.status === 'accepted') lead.status = 'working';
  }
  const before = lead.firstTouchAt === null ? 'accepted' : 'working';
  const status = wanted.resume && lead.status === 'on-hold' ? before : wanted.status;
  if (status && status !== lead.status) {
    const closes = status === 'won' || status === 'lost';
    lead.status = status;
    lead.heldAt = status === 'on-hold' ? at : null;
    lead.closedAt = closes ? at : null;
  }
  lead.modifiedAt = at;
  return { status: 200, body: { lead } };
}
