/**
 * The ledger that the worker's bench works on, as chunks of its file: a quarter's leads of a busy team. One lead in four was
 * handed over today and nobody has dealt with it, the rest is over. Same size, same content at every run.
 */
import { registerHooks } from 'node:module';
import type { FactDraft } from '../../lib/lead/evidence';
import type { FactContent } from '../../lib/lead/facts';
import type { Lead } from '../../lib/lead/lead';

// Node strips types but wants file names in full; the code leaves them to the bundler.
registerHooks({
  resolve(specifier, context, next) {
    for (const ending of ['', '.ts', '/index.ts']) {
      try {
        return next(`${specifier}${ending}`, context);
      } catch (error) {
        if (!specifier.startsWith('.') || ending === '/index.ts') throw error;
      }
    }
    throw new Error(`not found: ${specifier}`);
  },
});

const { leadKey } = await import('../../lib/lead/lead.ts');
const { identify } = await import('../../lib/ledger/fact-id.ts');
const { factLine, headerLine, leadLine } = await import('../../lib/ledger/file-format.ts');

const minute = 60_000;
const day = 24 * 60 * minute;

export const factsEach = 5;
/** Of so many leads one is due. */
export const oneInDue = 4;
/** Of the due ones so many wait for an answer of marketing. */
const oneInAsked = 20;

const id = (index: number) => ({
  crm: 'espocrm',
  origin: 'https://crm.example',
  object: 'Lead',
  recordId: `lead-${String(index).padStart(6, '0')}`,
});
export const keyAt = (index: number): string => leadKey(id(index));
const isDue = (index: number): boolean => index % oneInDue === 0;

/** When a lead was handed over: due ones in the last hours, the others over the quarter. */
const handedOver = (index: number, now: number): number =>
  isDue(index) ? now - (10 + (index % 300)) * minute : now - day - (index % 90) * day;

function leadAt(index: number, now: number): Lead {
  const handedOverAt = { at: handedOver(index, now), precision: 1_000 };
  return {
    key: keyAt(index),
    id: id(index),
    fields: {
      name: `Lead number ${index}`,
      company: `Company ${index % 700} & Sons`,
      owner: `Owner ${index % 20}`,
      ownerId: `owner-${index % 20}`,
      status: 'working',
      statusLabel: 'In progress',
      source: `Source ${index % 9}`,
      campaign: `Campaign ${index % 40}`,
      tier: ['A', 'B', 'C'][index % 3] ?? 'A',
      email: `person.${index}@company-${index % 700}.example`,
      phone: `+34600${String(index).padStart(6, '0')}`,
      createdAt: handedOverAt,
      handedOverAt,
      modifiedAt: handedOverAt,
    },
    url: `https://crm.example/leads/${id(index).recordId}`,
    seenAt: now - minute,
  };
}

const over: readonly FactContent[] = [
  { kind: 'hand-off' },
  { kind: 'verdict', verdict: 'accepted' },
  { kind: 'touch', channel: 'call', direction: 'outbound' },
  { kind: 'touch', channel: 'email', direction: 'outbound' },
  { kind: 'disposition', outcome: 'won' },
];
const note: FactContent = { kind: 'note', text: 'Nobody has time for it today.' };
const flag: FactContent = { kind: 'flag', axis: 'fit', reason: 'Too small' };

function contentAt(index: number, turn: number): FactContent {
  if (!isDue(index)) return over[turn] ?? note;
  if (turn === 0) return { kind: 'hand-off' };
  return turn === factsEach - 1 && index % (oneInDue * oneInAsked) === 0 ? flag : note;
}

function draftAt(index: number, turn: number, now: number): FactDraft {
  const at = handedOver(index, now) + turn * minute;
  return { lead: keyAt(index), at, author: 'Owner 7', evidence: 'person', recordedAt: at, ...contentAt(index, turn) };
}

export interface Chunk {
  readonly text: string;
  /** Number of its first line in the file. */
  readonly line: number;
  readonly last: boolean;
}

/** Leads of one message. */
const leadsAtOnce = 500;

/** @param now epoch ms; what is due is due around it. */
export async function chunksOf(leads: number, now: number): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  let line = 1;
  for (let from = 0; from < leads; from += leadsAtOnce) {
    const lines: string[] = from === 0 ? [headerLine(now)] : [];
    const until = Math.min(leads, from + leadsAtOnce);
    for (let index = from; index < until; index += 1) {
      lines.push(leadLine(leadAt(index, now)));
      const drafts = Array.from({ length: factsEach }, (_, turn) => draftAt(index, turn, now));
      lines.push(...(await Promise.all(drafts.map(identify))).map(factLine));
    }
    chunks.push({ text: lines.join('\n'), line, last: until === leads });
    line += lines.length;
  }
  return chunks;
}
