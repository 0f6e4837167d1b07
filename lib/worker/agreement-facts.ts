/**
 * What people did with a version of an agreement, as facts: they signed it, they confirmed to have read it. The version stands
 * where a lead would, under a key that no CRM can have, so that the record is kept, exported and shared like any other.
 */
import { identify } from '../ledger/fact-id';
import type { FactDraft } from '../lead/evidence';
import type { Fact, Party } from '../lead/facts';
import { leadKey, type LeadKey } from '../lead/lead';
import { standing } from '../lead/standing';
import type { Acknowledged } from '../messages/agreements';
import type { WorkerContext } from './context';

/** `relevo|agreement|<id>|v<version>`: no adapter is called so, and no origin. */
export function agreementLead(id: string, version: number): LeadKey {
  return leadKey({ crm: 'relevo', origin: 'agreement', object: id, recordId: `v${version}` });
}

export interface Stated {
  readonly id: string;
  readonly version: number;
  readonly by: string;
  readonly party: Party | null;
  /** Epoch ms. */
  readonly at: number;
}

const base = ({ id, version, by, party, at }: Stated) => ({
  lead: agreementLead(id, version),
  at,
  author: by,
  ...(party === null ? {} : { party }),
  evidence: 'person' as const,
  version,
});

async function keep(drafts: readonly FactDraft[], context: WorkerContext): Promise<boolean> {
  try {
    const recordedAt = context.now();
    const facts = await Promise.all(drafts.map((draft) => identify({ ...draft, recordedAt })));
    return await context.alone(() =>
      context.withLedger(async (ledger) => {
        const kept = await ledger.save([], facts);
        return ledger.durable && facts.every(({ id }) => kept.has(id));
      }),
    );
  } catch {
    return false;
  }
}

/** @returns `false` where it is not on disk. */
export const keepApprovals = (
  stated: readonly (Stated & { readonly hash: string })[],
  context: WorkerContext,
): Promise<boolean> =>
  keep(
    stated.map((one) => ({ ...base(one), kind: 'approval', hash: one.hash })),
    context,
  );

/** @returns `false` where it is not on disk. */
export const keepAcknowledgement = (stated: Stated, context: WorkerContext): Promise<boolean> =>
  keep([{ ...base(stated), kind: 'acknowledgement' }], context);

/** Who confirmed to have read each of these versions, by its key, in the order in which they did. */
export async function acknowledgements(
  keys: readonly LeadKey[],
  context: WorkerContext,
): Promise<ReadonlyMap<LeadKey, readonly Acknowledged[]>> {
  const facts = await context
    .withLedger((ledger) => ledger.factsOf(keys))
    .catch((): Map<LeadKey, readonly Fact[]> => new Map());
  return new Map(
    [...facts].map(([key, all]) => [
      key,
      standing(all)
        .filter(({ kind }) => kind === 'acknowledgement')
        .map(({ author, party = null, at }) => ({ by: author, party, at }))
        .toSorted((a, b) => a.at - b.at),
    ]),
  );
}
