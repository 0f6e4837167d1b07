/**
 * What people did for leads of Dynamics, by the activities that are filed with them ("regarding"): mails that were sent, calls
 * that were made, meetings that took place. One request each, however many leads; what a workflow made is no touch. A table
 * that a person may not read costs the touches, not the record.
 */
import type { ReadInstant } from '../lead/lead';
import { recordIdOf } from './dynamics-tables';
import { gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmRequest } from './types';

export type Item = Readonly<Record<string, unknown>>;

export const root = '/api/data/v9.2/';
export const protocol = { 'OData-MaxVersion': '4.0', 'OData-Version': '4.0' };

interface Answered {
  readonly items: readonly Item[];
  /** Address of the rest, as the server wrote it. */
  readonly more: unknown;
}

export async function ask(request: CrmRequest, path: string, prefer?: string): Promise<Answered> {
  const answer = await request(path, { headers: { ...protocol, ...(prefer && { Prefer: prefer }) } });
  if (!isRecord(answer) || !Array.isArray(answer['value']))
    throw new CrmApiError('unreadable', 'Dynamics answered no list of records');
  return { items: answer['value'].filter(isRecord), more: answer['@odata.nextLink'] };
}

/** The query function knows columns by their own names, look-ups too. 100 ids make an address of about 5 kB. */
export const isOneOf = (column: string, ids: readonly string[]): string =>
  `Microsoft.Dynamics.CRM.In(PropertyName='${column}',PropertyValues=[${ids.map((id) => `'${id}'`).join(',')}])`;

type TouchField = 'firstTouchAt' | 'lastTouchAt' | 'lastInboundAt';
const touchFields: readonly TouchField[] = ['firstTouchAt', 'lastTouchAt', 'lastInboundAt'];

/** Completed is 1 for all three; what is planned or cancelled, and a mail that failed, has another state. */
const completed = 'statecode eq 1';

/** Of each kind the instants that tell when it was done, the better one first. Meetings have no direction. */
const activities = [
  // Pending send, and sending: completed, but nobody has the mail yet.
  {
    set: 'emails',
    done: `${completed} and statuscode ne 6 and statuscode ne 7`,
    at: ['senton', 'actualend'],
    directed: true,
  },
  { set: 'phonecalls', done: completed, at: ['actualend'], directed: true },
  { set: 'appointments', done: completed, at: ['actualend'], directed: false },
] as const;

interface Done {
  readonly regarding: string;
  readonly at: ReadInstant;
  readonly inbound: boolean;
}

/** What was done of one kind; `null` where it can't be known: no right to read it, or more than fits one answer. */
async function askDone(
  request: CrmRequest,
  ids: readonly string[],
  { set, done, at, directed }: (typeof activities)[number],
): Promise<readonly Done[] | null> {
  const select = ['_regardingobjectid_value', 'isworkflowcreated', ...at, ...(directed ? ['directioncode'] : [])];
  const filter = `${done} and ${isOneOf('regardingobjectid', ids)}`;
  try {
    const { items, more } = await ask(request, `${root}${set}?$select=${select.join(',')}&$filter=${filter}`);
    if (more !== undefined) return null;
    return items.flatMap((item) => {
      const regarding = recordIdOf(item['_regardingobjectid_value']);
      const instant = at.map((column) => utcInstant(item[column], 1000)).find((found) => found !== undefined);
      const inbound = directed && item['directioncode'] === false;
      // A workflow's mail is no contact attempt by a person. Outgoing is `true`; what says neither counts as neither.
      const unclear = directed && !inbound && item['directioncode'] !== true;
      const automatic = item['isworkflowcreated'] === true && !inbound;
      return regarding === undefined || !instant || unclear || automatic ? [] : [{ regarding, at: instant, inbound }];
    });
  } catch (error) {
    const known = error instanceof CrmApiError && (error.code === 'unauthorised' || error.code === 'unreadable');
    if (known) return null;
    throw error;
  }
}

/** By record id: what was done for it. A field of which a part can't be known is missing. */
export async function askTouches(
  request: CrmRequest,
  ids: readonly string[],
): Promise<(id: string) => Pick<ApiRecord, 'fields' | 'missing'>> {
  const answers = ids.length === 0 ? [] : await Promise.all(activities.map((kind) => askDone(request, ids, kind)));
  const known = answers.every((answer) => answer !== null);
  const byId = Map.groupBy(known ? answers.flat() : [], ({ regarding }) => regarding);
  return (id) => {
    if (!known) return { fields: {}, missing: touchFields };
    const read = gather();
    const done = (byId.get(id) ?? []).toSorted((a, b) => a.at.at - b.at.at);
    read.keep('firstTouchAt', done.find(({ inbound }) => !inbound)?.at);
    read.keep('lastTouchAt', done.findLast(({ inbound }) => !inbound)?.at);
    read.keep('lastInboundAt', done.findLast(({ inbound }) => inbound)?.at);
    return read;
  };
}
