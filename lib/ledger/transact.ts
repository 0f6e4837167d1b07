/** Every write goes through here: strict, all or nothing, and a full disk is told apart from everything else. */
import type { IDBPTransaction } from 'idb';
import type { Database, Schema, Stores } from './stores';
import { LedgerFullError } from './types';

export type Writing = IDBPTransaction<Schema, Stores, 'readwrite'>;

/**
 * Does the work in one transaction and resolves once it is on disk. The work may wait for nothing but the transaction.
 * @throws {LedgerFullError} when there is no room, else what went wrong; then nothing of it was kept.
 */
export async function transact<Result>(
  db: Database,
  stores: Stores,
  work: (transaction: Writing) => Promise<Result>,
): Promise<Result> {
  const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
  // Told once, by the throw below: every request of a transaction fails with it, and so does its end.
  transaction.done.catch(() => {});
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    abort(transaction);
    const end: unknown = await transaction.done.catch((reason: unknown) => reason);
    if ([error, end, transaction.error].some(isQuota))
      throw new LedgerFullError('The ledger is full', { cause: error });
    throw error;
  }
}

function abort(transaction: Writing): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
