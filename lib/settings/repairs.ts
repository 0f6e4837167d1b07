/**
 * Selector repairs in force in this browser: browser policy > kept here. An organisation's repair of a CRM takes the place
 * of the person's as a whole, so that what runs is always one list that one party signed off. Where one can't be read, the
 * shipped selectors are used, and the options page says what is wrong.
 */
import { browser } from 'wxt/browser';
import type { SelectorRepairs } from '../crm/repair';
import type { Repair, RepairList, RepairReading, StandingRepair } from '../messages/repairs';
import { managedSoon } from './managed';
import { parseRepairs } from './repair-schema';
import { keepAside } from './stored';

/** Key in `storage.managed` and `storage.local`. */
export const repairsKey = 'repairs';

async function rawFrom(area: 'managed' | 'local'): Promise<unknown> {
  try {
    const all = area === 'managed' ? await managedSoon() : await browser.storage.local.get(repairsKey);
    return typeof all === 'object' && all !== null ? Reflect.get(all, repairsKey) : undefined;
  } catch {
    return undefined;
  }
}

async function readFrom(area: 'managed' | 'local'): Promise<RepairReading> {
  const raw = await rawFrom(area);
  if (raw === undefined || raw === null) return { ok: true, repairs: [] };
  const reading = parseRepairs(raw);
  if (!reading.ok && area === 'local') await keepAside('local', repairsKey, raw);
  return reading;
}

/** All repairs, with where they come from and whether they are used. */
export async function listRepairs(): Promise<RepairList> {
  const [policy, local] = await Promise.all([readFrom('managed'), readFrom('local')]);
  const set = policy.ok ? policy.repairs : [];
  const kept = local.ok ? local.repairs : [];
  const standing: StandingRepair[] = [
    ...set.map((repair): StandingRepair => ({ repair, source: 'policy', used: true })),
    ...kept.map((repair): StandingRepair => {
      const used = !set.some(({ adapter }) => adapter === repair.adapter);
      return { repair, source: 'local', used };
    }),
  ];
  return {
    standing,
    faults: [
      ...(policy.ok ? [] : [{ source: 'policy' as const, faults: policy.faults }]),
      ...(local.ok ? [] : [{ source: 'local' as const, faults: local.faults }]),
    ],
  };
}

/** The selectors to put into one adapter's table; empty where nothing is repaired. */
export async function repairsFor(adapter: string): Promise<SelectorRepairs> {
  const { standing } = await listRepairs();
  return standing.find(({ repair, used }) => used && repair.adapter === adapter)?.repair.selectors ?? {};
}

async function write(repairs: readonly Repair[]): Promise<{ ok: boolean }> {
  try {
    await browser.storage.local.set({ [repairsKey]: repairs });
    return { ok: true };
  } catch {
    // Full storage: what was kept before is still there.
    return { ok: false };
  }
}

/** Keeps these; one for the same CRM is replaced. `false` where the storage refused. */
export async function keepRepairs(repairs: readonly Repair[]): Promise<{ ok: boolean }> {
  const local = await readFrom('local');
  const before = local.ok ? local.repairs : [];
  return write([...before.filter((one) => !repairs.some(({ adapter }) => adapter === one.adapter)), ...repairs]);
}

export async function removeRepair(adapter: string): Promise<{ ok: boolean }> {
  const local = await readFrom('local');
  return write((local.ok ? local.repairs : []).filter((one) => one.adapter !== adapter));
}
