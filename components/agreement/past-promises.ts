/**
 * What the promises of a draft would have come to in the last 90 days, from the ledger's own leads and by the report's own
 * figures, so that a promise and its later result are the same sum. Only whole periods count: half a month of hand-offs beside
 * a promised month says nothing. A period without a lead is no figure either.
 */
import type { Agreement, PeriodPromise } from '../../lib/agreement/schema';
import { periodAt, promiseResult } from '../../lib/report';
import { gather } from '../report/gather';
import type { ReportServices } from '../report/services';
import type { PastResults } from './services';

const pastMs = 90 * 86_400_000;
/** Of weeks there are thirteen in that time. */
const periodsAtMost = 13;

type Gathered = Awaited<ReturnType<typeof gather>>;

/** Values of the whole periods that began in the last 90 days, newest first; at least the last one, which a quarter needs. */
function valuesOf(promise: PeriodPromise, { columns, spec, calendars }: Gathered): number[] {
  const { now, timeZone } = columns;
  if (!spec) return [];
  const values: number[] = [];
  for (let ago = 1; ago <= periodsAtMost; ago++) {
    const { from } = periodAt(promise.per, now, timeZone, -ago);
    if (ago > 1 && from < now - pastMs) break;
    const { result, n } = promiseResult(columns, promise, { at: from, calendar: spec, calendars });
    if (n > 0 && result.value !== null) values.push(result.value);
  }
  return values;
}

/**
 * By id of each promise, its past values in the unit of its measure.
 * @param promised of the draft; which leads each is about is computed with it.
 */
export async function pastPromises(
  { promises }: Pick<Agreement, 'promises'>,
  services: Pick<ReportServices, 'terms' | 'page'>,
  signal: AbortSignal,
): Promise<PastResults['promises']> {
  if (promises.length === 0) return [];
  const gathered = await gather(
    {
      page: services.page,
      // What the report keeps was computed with the promises in force.
      days: null,
      async terms() {
        const terms = await services.terms();
        return { ...terms, agreement: { ...terms.agreement, promises } };
      },
    },
    { signal, onProgress: () => undefined },
  );
  return promises.map((promise) => [promise.id, valuesOf(promise, gathered)] as const);
}
