/** Leads by name, company, mail or id, looked up in the pages of the ledger's file: it is the only list of all leads that a page can ask for. */
import type { LeadKey } from '../../lib/lead/lead';
import type { DataServices } from './services';

export interface FoundLead {
  readonly key: LeadKey;
  readonly name: string;
  readonly about: string;
}

export interface Found {
  readonly leads: readonly FoundLead[];
  /** There are more than are shown. */
  readonly isCut: boolean;
}

export const foundAtMost = 20;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The lead of a line; `null` where it is another kind of line. */
function leadOf(line: string): { readonly lead: FoundLead; readonly all: string } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  const lead = fields(fields(parsed)['lead']);
  const key = text(lead['key']);
  if (key === '') return null;
  const { name, company, email, owner } = fields(lead['fields']);
  const recordId = text(fields(lead['id'])['recordId']);
  const about = [company, owner, fields(lead['id'])['origin']].map(text).filter((one) => one !== '');
  const all = [name, company, email, recordId, lead['url'], key].map(text).join('\n').toLocaleLowerCase();
  return { lead: { key, name: text(name) || recordId, about: about.join(' · ') }, all };
}

export async function findLeads(
  words: string,
  services: Pick<DataServices, 'exportPage'>,
  isStopped: () => boolean,
): Promise<Found | null> {
  const wanted = words.trim().toLocaleLowerCase();
  const leads: FoundLead[] = [];
  let after: string | undefined;
  do {
    const { lines, next } = await services.exportPage(after === undefined ? {} : { after });
    if (isStopped()) return null;
    for (const line of lines) {
      const found = leadOf(line);
      if (!found?.all.includes(wanted)) continue;
      if (leads.length === foundAtMost) return { leads, isCut: true };
      leads.push(found.lead);
    }
    after = next;
  } while (after !== undefined);
  return { leads, isCut: false };
}
