/** The made-up quarter of the report's tests as the ledger's file, moved to end about now, and the agreement it was told under. */
import type { Fact } from '../../../lib/lead/facts.ts';
import { factLine, headerLine, leadLine } from '../../../lib/ledger/file-format.ts';
import { identify } from '../../../lib/ledger/fact-id.ts';
import { agreements, day, now as toldAt, tellQuarter } from '../../unit/report/quarter.ts';

const week = 7 * day;

/** JSON for `storage.sync`: the quarter's first version, with what both sides promised per month. */
export const quarterAgreement: Record<string, unknown> = {
  ...agreements[0],
  id: 'quarter',
  promises: [
    { id: 'volume', owedBy: 'marketing', measure: 'hand-offs', value: 110, per: 'month' },
    { id: 'clean', owedBy: 'marketing', measure: 'clean-share', value: 85, per: 'month' },
    { id: 'accepted', owedBy: 'marketing', measure: 'accepted-share', value: 50, per: 'month' },
    { id: 'touched', owedBy: 'sales', measure: 'attainment', commitment: 'first-touch', value: 80, per: 'month' },
    { id: 'quick', owedBy: 'sales', measure: 'time-to-first-touch', value: 240, per: 'month' },
    { id: 'won', owedBy: 'sales', measure: 'won-share', value: 15, per: 'month' },
  ],
  review: { cadence: 'week', minutes: 30 },
  teams: [
    { id: 'north', label: { en: 'North', es: 'Norte' }, members: ['Person r1'] },
    { id: 'south', label: { en: 'South', es: 'Sur' }, members: ['Person r2', 'Person r3'] },
  ],
};

const moved = <Value extends object>(value: Value, by: number): Value => {
  const copy = { ...value } as Record<string, unknown>;
  for (const name of ['at', 'earliest', 'recordedAt', 'until', 'seenAt'])
    if (typeof copy[name] === 'number') copy[name] = copy[name] + by;
  return copy as Value;
};

/** Gives each fact the id of what it states, those first that others name. */
async function withIds(facts: readonly Fact[], by: number): Promise<Fact[]> {
  const known = new Map<string, Fact>();
  const named = new Map(facts.map((fact) => [fact.id, fact]));
  const take = async (fact: Fact): Promise<Fact> => {
    const before = known.get(fact.id);
    if (before) return before;
    const { id, ...draft } = moved(fact, by);
    const copy: Record<string, unknown> = draft;
    for (const name of ['replaces', 'answers']) {
      const other = named.get(String(copy[name]));
      if (other) copy[name] = (await take(other)).id;
    }
    const made = await identify(draft);
    known.set(id, made);
    return made;
  };
  for (const fact of named.values()) await take(fact);
  return [...known.values()];
}

/** Lines of the ledger's file; whole weeks are added, so that weekdays stay what they were. */
export async function quarterLines(count: number, now: number): Promise<string[]> {
  const by = Math.floor((now - toldAt) / week) * week;
  const lines = [headerLine(now)];
  for (const [index, { lead, facts }] of tellQuarter(count, 7).entries()) {
    const fields = { ...lead.fields, name: `Lead ${index + 1}`, company: `Company ${index + 1}` };
    lines.push(leadLine({ ...moved(lead, by), fields }));
    for (const fact of await withIds(facts, by)) lines.push(factLine(fact));
  }
  return lines;
}

/** A page of the extension, whoever drives its browser. */
interface ExtensionPage {
  evaluate(run: (text: string) => Promise<number>, text: string): Promise<number>;
}

/** Takes the lines in as the options page does. @returns how many facts were kept. */
export function importLines(options: ExtensionPage, lines: readonly string[]): Promise<number> {
  return options.evaluate(
    async (text) => {
      const data = { text, line: 1, last: true };
      const answer = await chrome.runtime.sendMessage({ id: 1, type: 'importChunk', data, timestamp: Date.now() });
      return (answer as { res: { facts: number } }).res.facts;
    },
    `${lines.join('\n')}\n`,
  );
}
