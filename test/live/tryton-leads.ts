/**
 * Made-up leads for a running Tryton, loaded through the same RPC that its web client uses. `create_date` is the server's
 * alone, so a lead from the past is created now and then backdated in the database file, and read back through the RPC:
 * what is returned is what the server says, not what was meant.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Tryton } from './tryton-server.ts';

type LeadState = 'lead' | 'opportunity' | 'converted' | 'lost';

export interface PlannedLead {
  readonly description: string | null;
  readonly party: string | null;
  /** Index into `people`. */
  readonly owner: number | null;
  readonly state: LeadState;
  /** Epoch ms, in the past. */
  readonly createdAt: number;
}

export interface LoadedLead {
  readonly id: number;
  readonly number: string;
  readonly description: string | null;
  readonly party: string | null;
  readonly employee: { readonly id: number; readonly name: string } | null;
  readonly state: LeadState;
  /** Epoch ms of the server's `create_date`. */
  readonly createdAt: number;
}

export interface Person {
  readonly employeeId: number;
  readonly name: string;
  readonly login: string;
  readonly password: string;
  /** Language of the web client for this person. */
  readonly language: string;
}

export interface LoadedCrm {
  readonly people: readonly Person[];
  /** In the order of the plan. */
  readonly leads: readonly LoadedLead[];
}

const run = promisify(execFile);

/** The people who work in this CRM; the first is the administrator. */
const colleagues = [
  { name: 'Anna Weber', login: 'admin', language: 'en' },
  { name: 'Bilal Khan', login: 'bilal', language: 'en' },
  { name: 'Chloé Martín', login: 'chloe', language: 'en' },
] as const;

/**
 * Loads a company, its people and these leads.
 * @param languages language of each person's web client by login, if not English; start the server with it.
 */
export async function loadLeads(
  tryton: Tryton,
  plan: readonly PlannedLead[],
  languages: Readonly<Record<string, string>> = {},
): Promise<LoadedCrm> {
  const company = await createCompany(tryton);
  const people = await createPeople(tryton, company, languages);
  const context = { company, companies: [company] };
  const parties = await createParties(tryton, plan);
  const ids = (await tryton.rpc('model.sale.opportunity.create', [
    plan.map(({ description, party, owner, createdAt }) => ({
      description,
      company,
      party: party === null ? null : parties.get(party),
      employee: owner === null ? null : people[owner]?.employeeId,
      start_date: dateOf(createdAt),
    })),
    context,
  ])) as number[];

  const idsIn = (...states: LeadState[]): number[] =>
    ids.filter((_, index) => states.includes(plan[index]?.state ?? 'lead'));
  await tryton.rpc('model.sale.opportunity.opportunity', [idsIn('opportunity', 'converted'), context]);
  await tryton.rpc('model.sale.opportunity.convert', [idsIn('converted'), context]);
  await tryton.rpc('model.sale.opportunity.lost', [idsIn('lost'), context]);
  await backdate(
    tryton,
    ids.map((id, index) => [id, plan[index]?.createdAt ?? 0]),
  );
  return { people, leads: await readLeads(tryton, ids, context) };
}

/** What the server says of these leads now, in the order of `ids`. */
async function readLeads(tryton: Tryton, ids: readonly number[], context: unknown): Promise<LoadedLead[]> {
  const fields = ['number', 'description', 'party.rec_name', 'employee.rec_name', 'state', 'create_date'];
  const rows = (await tryton.rpc('model.sale.opportunity.read', [ids, fields, context])) as ServerLead[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw new Error(`Lead ${id} was not saved`);
    const { create_date: created } = row;
    return {
      id,
      number: row.number,
      description: row.description,
      party: row['party.']?.rec_name ?? null,
      employee: row['employee.'] ? { id: row['employee.'].id, name: row['employee.'].rec_name } : null,
      state: row.state,
      createdAt:
        Date.UTC(created.year, created.month - 1, created.day, created.hour, created.minute, created.second) +
        Math.floor(created.microsecond / 1000),
    };
  });
}

interface ServerLead {
  readonly id: number;
  readonly number: string;
  readonly description: string | null;
  readonly state: LeadState;
  readonly create_date: Readonly<
    Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond', number>
  >;
  readonly 'party.': { readonly id: number; readonly rec_name: string } | null;
  readonly 'employee.': { readonly id: number; readonly rec_name: string } | null;
}

async function createCompany(tryton: Tryton): Promise<number> {
  const currency = await createOne(tryton, 'currency.currency', { name: 'Euro', symbol: '€', code: 'EUR' });
  const party = await createOne(tryton, 'party.party', { name: 'Made-up Sales Ltd' });
  return createOne(tryton, 'company.company', { party, currency });
}

async function createPeople(
  tryton: Tryton,
  company: number,
  languages: Readonly<Record<string, string>>,
): Promise<Person[]> {
  const [admin] = (await tryton.rpc('model.res.user.search', [[['login', '=', tryton.login]], 0, 1, null, {}])) as [
    number,
  ];
  const groups = (await tryton.rpc('model.res.group.search', [[], 0, null, null, {}])) as number[];
  const people: Person[] = [];
  for (const colleague of colleagues) {
    const party = await createOne(tryton, 'party.party', { name: colleague.name });
    const employeeId = await createOne(tryton, 'company.employee', { party, company });
    const language = languages[colleague.login] ?? colleague.language;
    const values = {
      companies: [['add', [company]]],
      company,
      employees: [['add', [employeeId]]],
      employee: employeeId,
      language: await languageId(tryton, language),
    };
    const isAdmin = colleague.login === tryton.login;
    const password = isAdmin ? tryton.password : `made-up-of-${colleague.login}`;
    if (isAdmin) await tryton.rpc('model.res.user.write', [[admin], values, {}]);
    else
      await createOne(tryton, 'res.user', {
        ...values,
        name: colleague.name,
        login: colleague.login,
        password,
        groups: [['add', groups]],
      });
    people.push({ employeeId, name: colleague.name, login: colleague.login, password, language });
  }
  return people;
}

async function createParties(tryton: Tryton, plan: readonly PlannedLead[]): Promise<ReadonlyMap<string, number>> {
  const names = [...new Set(plan.flatMap(({ party }) => (party === null ? [] : [party])))];
  const ids = (await tryton.rpc('model.party.party.create', [
    names.map((name) => ({ name, addresses: [['create', [{}]]] })),
    {},
  ])) as number[];
  return new Map(names.map((name, index) => [name, ids[index] ?? 0]));
}

async function languageId(tryton: Tryton, code: string): Promise<number> {
  const [id] = (await tryton.rpc('model.ir.lang.search', [[['code', '=', code]], 0, 1, null, {}])) as number[];
  if (id === undefined) throw new Error(`No language ${code}`);
  return id;
}

async function createOne(tryton: Tryton, model: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const [id] = (await tryton.rpc(`model.${model}.create`, [[values], {}])) as number[];
  if (id === undefined) throw new Error(`${model} was not created`);
  return id;
}

/** Sets `create_date` in the file: the server keeps no record in memory between two requests. */
async function backdate(tryton: Tryton, instants: readonly (readonly [id: number, at: number])[]): Promise<void> {
  const rows = instants.map(([id, at]) => [new Date(at).toISOString().replace('T', ' ').replace('Z', '000'), id]);
  const script = [
    'import json, sqlite3, sys',
    'file = sqlite3.connect(sys.argv[1], timeout=30)',
    'with file:',
    "    file.executemany('UPDATE sale_opportunity SET create_date = ? WHERE id = ?', json.loads(sys.argv[2]))",
    'file.close()',
  ].join('\n');
  await run('python3', ['-c', script, tryton.databaseFile, JSON.stringify(rows)]);
}

function dateOf(at: number): { __class__: 'date'; year: number; month: number; day: number } {
  const date = new Date(at);
  return { __class__: 'date', year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
