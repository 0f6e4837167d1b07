/**
 * The whole ledger as lines, a batch at a time: as fast as it is read and no faster, never all of it in memory. Facts that
 * come in meanwhile may be in it or not.
 */
import type { LeadKey } from '../lead/lead';
import { factLine, headerLine, leadLine } from './file-format';
import type { Ledger } from './types';

/** Leads of a batch, with their facts: some hundred kB lie in memory at once. */
const leadsAtOnce = 100;

/** Each lead is followed by its facts, so that whoever reads it looks up each lead once. */
async function* batches(ledger: Ledger, exportedAt: number): AsyncGenerator<readonly string[], void> {
  yield [headerLine(exportedAt)];
  let after: LeadKey | undefined;
  do {
    const { items, next } = await ledger.knownAfter(after, leadsAtOnce);
    const lines: string[] = [];
    for (const { lead, facts } of items) {
      if (lead) lines.push(leadLine(lead));
      for (const fact of facts) lines.push(factLine(fact));
    }
    if (lines.length > 0) yield lines;
    after = next;
  } while (after !== undefined);
}

/**
 * Lines without their ends. What can't be read is left out; the ledger counts it.
 * @param exportedAt epoch ms
 */
export async function* exportLines(ledger: Ledger, exportedAt: number): AsyncGenerator<string, void> {
  for await (const lines of batches(ledger, exportedAt)) yield* lines;
}

/** The same as a stream of UTF-8, for a file or a download. */
export function exportStream(ledger: Ledger, exportedAt: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const source = batches(ledger, exportedAt);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${value.join('\n')}\n`));
    },
    async cancel() {
      await source.return();
    },
  });
}
