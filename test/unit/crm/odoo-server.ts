/**
 * As much of an Odoo server as the client asks: searches with domains in prefix notation, over records that a test makes
 * up. It answers as recorded on 17 and 18: 200 for everything, errors inside, `false` for nothing.
 */
import type { Answer } from './loopback';

export type Row = Readonly<Record<string, unknown>>;

interface Question {
  readonly model: string;
  readonly kwargs: {
    readonly domain: readonly unknown[];
    readonly specification?: Row;
    readonly fields?: readonly string[];
    readonly limit: number;
    readonly offset?: number;
    readonly order: string;
    readonly context?: Row;
  };
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

function valueAt(row: Row, path: string): unknown {
  const value = path.split('.').reduce<unknown>((at, name) => (isRow(at) ? at[name] : undefined), row);
  return value ?? false;
}

/** A many2one compares by its id. */
const plain = (value: unknown): unknown => (isRow(value) ? value['id'] : value);

function holds([path, operator, wanted]: readonly [string, string, unknown], row: Row): boolean {
  const value = plain(valueAt(row, path));
  // Behind a many2one that is empty there is no record that could match.
  const [first = ''] = path.split('.');
  if (path.includes('.') && !isRow(row[first])) return false;
  if (operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  if (operator === 'in') return (wanted as readonly unknown[]).includes(value);
  if (operator === '>') return (value as number) > (wanted as number);
  throw new Error(`No operator ${operator}`);
}

/** Prefix notation; terms side by side are all required. */
export function matches(domain: readonly unknown[], row: Row): boolean {
  const rest = [...domain];
  const term = (): boolean => {
    const next = rest.shift();
    if (next === '&' || next === '|') {
      const [left, right] = [term(), term()];
      return next === '&' ? left && right : left || right;
    }
    if (!Array.isArray(next)) throw new Error('The domain ends too early');
    return holds(next as [string, string, unknown], row);
  };
  let all = true;
  while (rest.length > 0) all = term() && all;
  return all;
}

function sorted(rows: readonly Row[], order: string): Row[] {
  const keys = order.split(', ').map((part) => part.split(' '));
  const compare = (a: Row, b: Row): number => {
    for (const [name = '', way] of keys) {
      const [left, right] = [a[name] as string, b[name] as string];
      if (left !== right) return (left < right ? -1 : 1) * (way === 'desc' ? -1 : 1);
    }
    return 0;
  };
  return rows.toSorted(compare);
}

const pick = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(['id', ...names].map((name) => [name, row[name] ?? false]));

export interface Installation {
  readonly leads?: readonly Row[];
  readonly messages?: readonly Row[];
  readonly session?: unknown;
}

const result = (value: unknown): unknown => ({ jsonrpc: '2.0', id: 0, result: value });

function answerTo(path: string, { model, kwargs }: Question, { leads = [], messages = [] }: Installation): unknown {
  const all = model === 'crm.lead' ? leads : messages;
  const archivedToo = kwargs.context?.['active_test'] === false;
  const found = all.filter((row) => matches(kwargs.domain, row) && (archivedToo || row['active'] !== false));
  const page = sorted(found, kwargs.order).slice(kwargs.offset ?? 0, (kwargs.offset ?? 0) + kwargs.limit);
  if (path === '/web/dataset/call_kw/crm.lead/web_search_read') {
    const records = page.map((row) => pick(row, Object.keys(kwargs.specification ?? {})));
    return result({ length: found.length, records });
  }
  if (path === '/web/dataset/call_kw/mail.message/search_read')
    return result(page.map((row) => pick(row, kwargs.fields ?? [])));
  return { jsonrpc: '2.0', id: 0, error: { code: 404, message: '404: Not Found', data: {} } };
}

export const installation =
  (made: Installation): Answer =>
  (request, response, body) => {
    const { params } = JSON.parse(body) as { params: Question };
    const info = request.url === '/web/session/get_session_info';
    const answer = info ? result(made.session) : answerTo(request.url ?? '', params, made);
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
  };
