/** Twenty's GraphQL as its own pages use it, spoken by a real server on the loopback. Shapes as recorded in 2025; data made up. */
import { describe, expect, it } from 'vitest';
import { CrmApiError } from '../../../lib/crm/request';
import { twenty } from '../../../lib/crm/twenty';
import { noWorld } from '../../../lib/crm/world';
import type { RecordRef } from '../../../lib/crm/types';
import { apiBattery, json, visit } from './battery';
import type { Answer } from './loopback';

const id = (n: number, kind = 1): string => `5e1f0a7b-000${kind}-4c3d-9e00-${String(n).padStart(12, '0')}`;
const byId = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));
const member = id(5, 7);

const person = {
  emails: { primaryEmail: 'nora@quick.example' },
  phones: { primaryPhoneNumber: '301234032', primaryPhoneCallingCode: '+49' },
};
const opportunity = {
  __typename: 'Opportunity',
  id: id(1),
  name: 'Rollout 40 seats',
  stage: 'SCREENING',
  createdAt: '2026-11-23T08:04:17.069Z',
  updatedAt: '2026-11-23T19:20:00.500Z',
  createdBy: { source: 'MANUAL' },
  company: { name: 'Vega Foods', accountOwner: { id: member, name: { firstName: 'Lea', lastName: 'Brandt' } } },
  pointOfContact: person,
};
const fields = {
  name: 'Rollout 40 seats',
  status: 'SCREENING',
  createdAt: { at: Date.UTC(2026, 10, 23, 8, 4, 17, 69), precision: 1 },
  modifiedAt: { at: Date.UTC(2026, 10, 23, 19, 20, 0, 500), precision: 1 },
  source: 'MANUAL',
  company: 'Vega Foods',
  owner: 'Lea Brandt',
  ownerId: member,
  email: 'nora@quick.example',
  phone: '+49301234032',
} as const;

type Node = Readonly<Record<string, unknown>> & { readonly id: string };
interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, { readonly id?: { readonly in: readonly string[] } } | string | null>>;
}
const connection = (nodes: readonly unknown[], pageInfo: unknown = {}) => ({
  edges: nodes.map((node) => ({ node })),
  pageInfo,
});

/** Answers as Twenty does: at most 60 records a question, each under the name it was asked by. */
const serving =
  (nodes: readonly Node[]): Answer =>
  (request, response, body) => {
    const { query, variables } = JSON.parse(body) as Question;
    const known = request.url === '/graphql' && request.headers.authorization === `Bearer ${token}`;
    if (!known) return json({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })(request, response, body);
    const data = Object.entries(variables).map(([name, asked]) => {
      const ids = typeof asked === 'object' && asked?.id ? asked.id.in : [];
      const asks = query.includes(`${name}: opportunities(filter: $${name}, first: 60)`) && ids.length <= 60;
      if (!asks) return [name, null] as const;
      return [name, connection(nodes.filter((node) => ids.includes(node.id)))] as const;
    });
    json({ data: Object.fromEntries(data) })(request, response, body);
  };

const encode = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_');
const token = `${encode({ alg: 'HS256' })}.${encode({ sub: id(9, 8), workspaceMemberId: member })}.sig_-1`;
const pair = (name = 'accessToken') =>
  `tokenPair=${encodeURIComponent(JSON.stringify({ [name]: { token, expiresAt: '2026-11-24' }, refreshToken: { token: 'never' } }))}`;
const page = { adapter: twenty, path: '/objects/opportunities?viewId=1', cookie: `other=1; ${pair()}` } as const;

const many = Array.from({ length: 100 }, (_, n) => ({ ...opportunity, id: id(n) }));
/** 10,000 opportunities of this person's 150 companies, among three times as many of others. */
const theirCompanies = Array.from({ length: 150 }, (_, n) => ({ id: id(n, 5) }));
const account = Array.from({ length: 40_000 }, (_, n) => {
  const companyId = n % 4 === 0 ? id((n / 4) % 150, 5) : id(n, 6);
  return { ...opportunity, id: id(n), companyId };
});
const sweeping: Answer = (request, response, body) => {
  const { variables, query } = JSON.parse(body) as Question;
  if (!query.includes('orderBy: [{ createdAt: AscNullsFirst }, { id: AscNullsFirst }], first: 60'))
    return json({}, 500)(request, response, body);
  const filter = variables['filter'] as unknown as Readonly<Record<string, { readonly in: readonly string[] }>>;
  const start = Number(variables['after'] ?? 0);
  const paged = (name: string, all: readonly object[]): void => {
    const pageInfo = { hasNextPage: start + 60 < all.length, endCursor: String(start + 60) };
    json({ data: { [name]: connection(all.slice(start, start + 60), pageInfo) } })(request, response, body);
  };
  if (query.includes('companies(filter: $filter'))
    return paged('companies', filter['accountOwnerId']?.in.includes(member) ? theirCompanies : []);
  const companies = new Set(filter['companyId']?.in);
  paged(
    'opportunities',
    account.filter(({ companyId }) => companies.has(companyId)),
  );
};

apiBattery({
  ...page,
  answer: serving([opportunity]),
  refs: byId(id(1), id(404)),
  records: [{ ref: { by: 'id', value: id(1) }, recordId: id(1), object: 'opportunity', fields, missing: [] }],
  screen: { refs: byId(...many.map((each) => each.id)), answer: serving(many) },
  requests: 1,
  sweep: { answer: sweeping, viewer: { id: member } },
});

async function fetching(
  answer: Answer,
  refs: readonly RecordRef[] = byId(id(1)),
  on: Parameters<typeof visit>[0] = page,
) {
  const visited = await visit(on, answer);
  return { ...visited, result: visited.api.fetch(refs, visited.page, visited.request, noWorld) };
}
const codeOf = async (result: Promise<unknown>): Promise<unknown> =>
  result.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );

describe('the token', () => {
  it('is the access token alone, and stands in the header alone', async () => {
    const { server, result } = await fetching(serving([opportunity]));
    await result;
    expect(server.seen).toHaveLength(1);
    const [{ line, headers, body } = { line: '', headers: {}, body: '' }] = server.seen;
    expect(headers.authorization).toBe(`Bearer ${token}`);
    expect(line + body).not.toContain(token);
    expect(JSON.stringify(server.seen)).not.toContain('Bearer never');
  });

  it('has another name in newer versions', async () => {
    const { result } = await fetching(serving([opportunity]), byId(id(1)), {
      ...page,
      cookie: pair('accessOrWorkspaceAgnosticToken'),
    });
    expect(await result).toHaveLength(1);
  });

  it.each([
    ['no cookie', undefined],
    ['no JSON', 'tokenPair=%7B%22a'],
    ['a bad escape', 'tokenPair=%E0%A4%A'],
    ['no token', `tokenPair=${encodeURIComponent('{"accessToken":{}}')}`],
    [
      'a token that would be a second header',
      `tokenPair=${encodeURIComponent('{"accessToken":{"token":"a\\r\\nX: 1"}}')}`,
    ],
  ])('%s: nobody is signed in, and nothing is asked', async (_name, cookie) => {
    const { server, result } = await fetching(serving([opportunity]), byId(id(1)), {
      adapter: twenty,
      path: page.path,
      ...(cookie !== undefined && { cookie }),
    });
    expect(await codeOf(result)).toBe('unauthorised');
    expect(server.seen).toEqual([]);
  });
});

describe('an answer that carries an error', () => {
  it.each([
    ['UNAUTHENTICATED', 'unauthorised'],
    ['FORBIDDEN', 'unauthorised'],
    ['INTERNAL_SERVER_ERROR', 'failing'],
    ['GRAPHQL_VALIDATION_FAILED', 'unreadable'],
    [undefined, 'unreadable'],
  ])('%s → %s', async (code, expected) => {
    const { result } = await fetching(json({ data: null, errors: [{ message: 'x', extensions: { code } }] }));
    expect(await codeOf(result)).toBe(expected);
  });

  it.each([
    ['no data', {}],
    ['no connection', { data: { p0: null } }],
    ['edges that are none', { data: { p0: { edges: {} } } }],
  ])('%s is unreadable', async (_name, body) => {
    const { result } = await fetching(json(body));
    expect(await codeOf(result)).toBe('unreadable');
  });
});

describe('a record', () => {
  it('that nobody asked for, or without an id, is left out', async () => {
    const nodes = [null, 'x', { ...opportunity, id: 7 }, { ...opportunity, id: id(2) }, opportunity];
    const { result } = await fetching(json({ data: { p0: connection(nodes) } }));
    expect((await result).map(({ recordId }) => recordId)).toEqual([id(1)]);
  });

  it('says what is missing, and nothing that nobody entered', async () => {
    const empty = {
      id: id(1),
      name: '',
      stage: null,
      createdAt: 'yesterday',
      company: null,
      pointOfContact: 'x',
      createdBy: [],
    };
    const { result } = await fetching(json({ data: { p0: connection([empty]) } }));
    expect(await result).toMatchObject([{ fields: {}, missing: ['createdAt', 'name', 'status'] }]);
  });

  it('of a person has their own name, mail and phone, and no status', async () => {
    const human = {
      ...person,
      id: id(11),
      name: { firstName: 'Nora', lastName: 'Quick' },
      createdAt: opportunity.createdAt,
      createdBy: { source: 'EMAIL' },
    };
    const { result, server } = await fetching(json({ data: { p0: connection([human]) } }), byId(id(11)), {
      ...page,
      path: `/object/person/${id(11)}`,
    });
    expect(await result).toEqual([
      {
        ref: { by: 'id', value: id(11) },
        recordId: id(11),
        object: 'person',
        fields: {
          name: 'Nora Quick',
          createdAt: fields.createdAt,
          source: 'EMAIL',
          email: 'nora@quick.example',
          phone: '+49301234032',
        },
        missing: [],
      },
    ]);
    expect(server.seen[0]?.body).toContain('people(filter');
    expect(server.seen[0]?.body).not.toContain('stage');
  });

  it('that is no UUID is not asked for', async () => {
    const { server, result } = await fetching(serving([]), byId('1', `${id(1)}" } }`, ''));
    expect(await result).toEqual([]);
    expect(server.seen).toEqual([]);
  });
});

describe('the sweep', () => {
  const answers =
    (companies: object, opportunities: object): Answer =>
    (request, response, body) => {
      const { query } = JSON.parse(body) as Question;
      const data = query.includes('companies(') ? { companies } : { opportunities };
      json({ data })(request, response, body);
    };
  const one = connection([{ id: id(1, 5) }], { hasNextPage: false });

  it("asks for the opportunities of this person's companies, and leaves out what is won or another's by now", async () => {
    const nodes = [
      opportunity,
      { ...opportunity, id: id(2), stage: 'CUSTOMER' },
      { ...opportunity, id: id(3), company: null },
    ];
    const {
      api,
      page: site,
      request,
      server,
    } = await visit(page, answers(one, connection(nodes, { hasNextPage: false })));
    const mine = await api.sweep?.(null, { id: member }, site, request);
    expect(mine?.records.map(({ recordId }) => recordId)).toEqual([id(1)]);
    expect(mine?.next).toBeNull();
    expect(server.seen.map(({ body }) => (JSON.parse(body) as Question).variables['filter'])).toEqual([
      { accountOwnerId: { in: [member] } },
      { companyId: { in: [id(1, 5)] } },
    ]);
  });

  it('ends where a server hands out the same place again', async () => {
    const stuck = answers(one, connection([], { hasNextPage: true, endCursor: 'a' }));
    const { api, page: site, request } = await visit(page, stuck);
    const first = await api.sweep?.(null, { id: member }, site, request);
    expect(first?.next).toEqual(expect.any(String));
    expect(await api.sweep?.(first?.next ?? '', { id: member }, site, request)).toEqual({ records: [], next: null });
  });

  it.each([
    ['nobody', null],
    ['somebody without an id', { name: 'Lea Brandt' }],
  ])('has nothing to list for %s', async (_who, viewer) => {
    const { api, page: site, request, server } = await visit(page, sweeping);
    expect(await api.sweep?.(null, viewer, site, request)).toEqual({ records: [], next: null });
    expect(server.seen).toEqual([]);
  });
});

describe('who is signed in', () => {
  it('is who the token was made for, by the name that the CRM has', async () => {
    const answer = json({ data: { workspaceMember: { id: member, name: { firstName: 'Lea', lastName: 'Brandt' } } } });
    const { api, page: site, request } = await visit(page, answer);
    expect(await api.viewer?.(site, request, '')).toEqual({ id: member, name: 'Lea Brandt' });
  });

  it('is not known from a token that does not say', async () => {
    const cookie = `tokenPair=${encodeURIComponent('{"accessToken":{"token":"a.b.c"}}')}`;
    const { api, page: site, request, server } = await visit({ ...page, cookie }, json({}));
    expect(await api.viewer?.(site, request, '')).toBeNull();
    expect(server.seen).toEqual([]);
  });
});
