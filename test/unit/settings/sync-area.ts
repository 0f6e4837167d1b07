/** A `storage.sync` in memory that fails where a test wants it to, item by item as sync delivers them. */
import type { SyncArea } from '../../../lib/settings/sync-store';

export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface Faults {
  /** Writes of single items that still succeed; then the worker dies for good. */
  crashAfter?: number;
  /** Bytes that all items may take together. */
  quota?: number;
  /** Every writing is refused with this message. */
  refuse?: string;
}

export interface FaultyArea extends SyncArea {
  readonly items: Map<string, unknown>;
  /** Single changes in the order in which they were made. */
  readonly log: (readonly [key: string, value: unknown])[];
  faults: Faults;
}

const bytesOf = (key: string, value: unknown): number => key.length + JSON.stringify(value).length;

export function createSyncArea(faults: Faults = {}): FaultyArea {
  const items = new Map<string, unknown>();
  const log: (readonly [string, unknown])[] = [];
  let changes = 0;
  const step = (): void => {
    if (area.faults.crashAfter !== undefined && changes >= area.faults.crashAfter) throw new Crash();
    changes++;
  };
  const area: FaultyArea = {
    items,
    log,
    faults,
    async get() {
      return structuredClone(Object.fromEntries(items));
    },
    async set(added) {
      if (area.faults.refuse !== undefined) throw new Error(area.faults.refuse);
      for (const [key, value] of Object.entries(added)) {
        if (bytesOf(key, value) > 8_192) throw new Error('QUOTA_BYTES_PER_ITEM quota exceeded');
        step();
        const others = [...items].reduce((sum, [other, held]) => (other === key ? sum : sum + bytesOf(other, held)), 0);
        if (others + bytesOf(key, value) > (area.faults.quota ?? 102_400))
          throw new Error('QUOTA_BYTES quota exceeded');
        items.set(key, structuredClone(value));
        log.push([key, structuredClone(value)]);
      }
    },
    async remove(keys) {
      for (const key of keys) {
        step();
        items.delete(key);
        log.push([key, undefined]);
      }
    },
  };
  return area;
}
