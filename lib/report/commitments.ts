/**
 * The commitments in the order that tables show them. Written here once more because the agreement's own list comes with its
 * schema and so with zod; the compiler checks that none is missing.
 */
import type { CommitmentId } from '../agreement/schema';

const places: Readonly<Record<CommitmentId, number>> = {
  accept: 0,
  'first-touch': 1,
  'next-touch': 2,
  respond: 3,
  resolve: 4,
  'fix-data': 5,
  unblock: 6,
};

export const commitmentIds = (Object.keys(places) as CommitmentId[]).sort((a, b) => places[a] - places[b]);
