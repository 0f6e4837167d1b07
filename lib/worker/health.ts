/**
 * How well pages are read: each open page as it is now, for the popup, and a running record of each kind of page over all
 * visits, for the options page. Counts and names only, no lead data.
 *
 * A visit is added to the record when it is over: until then the page may still be drawing itself. What is asked in the
 * meantime counts the open visits in without keeping them.
 */
import { browser } from 'wxt/browser';
import { catalogue } from '../crm/catalogue';
import type { RouteKind } from '../lead/lead';
import type { HealthReply, HealthTable, PageHealth } from '../messages/page-health';
import type { Problem } from '../messages/problems';
import { pageHealthSchema } from '../messages/schemas';
import { readStored } from '../settings/stored';
import {
  addVisit,
  changesOf,
  emptyRecord,
  emptyRunOf,
  pageRecordSchema,
  tableRow,
  type PageRecord,
} from './page-record';
import { createQueue } from './queue';

const sessionPrefix = 'health:';
const keyOf = (tabId: number): string => sessionPrefix + tabId;
const surfaces: readonly RouteKind[] = ['list', 'board', 'record'];
const alone = createQueue();

interface Kept {
  readonly adapter: string;
  readonly surface: RouteKind;
}

const recordKey = ({ adapter, surface }: Kept): string => `page-health:${adapter}|${surface}`;

/** What this page counts for; `null` for a page that is no surface of a CRM that we know. */
function keptAs({ adapter, surface, noSurface }: PageHealth): Kept | null {
  if (surface === null || noSurface || !catalogue.some(({ id }) => id === adapter)) return null;
  return adapter === null ? null : { adapter, surface };
}

async function readRecord(kept: Kept): Promise<PageRecord> {
  const stored = await readStored('local', recordKey(kept), pageRecordSchema);
  return stored.kind === 'value' ? stored.value : emptyRecord;
}

async function endVisit(health: PageHealth | null): Promise<void> {
  const kept = health && keptAs(health);
  if (!health || !kept) return;
  // Full storage: this visit is not remembered, and that hurts nobody.
  await browser.storage.local
    .set({ [recordKey(kept)]: addVisit(await readRecord(kept), health) })
    .catch(() => undefined);
}

const problemOf = ({ name, since }: HealthReply['changed'][number]): Problem => ({
  code: 'page-changed',
  since,
  detail: name,
});

/** Takes what a page says of itself; answers what this kind of page always had and no longer has. */
export function keepHealth(tabId: number, said: PageHealth): Promise<HealthReply> {
  return alone(async () => {
    const before = await healthOf(tabId);
    if (before && before.visit !== said.visit) await endVisit(before);
    const kept = keptAs(said);
    const record = kept && addVisit(await readRecord(kept), said);
    const changed = kept && record ? changesOf(record, kept.surface).slice(0, 10) : [];
    // Whether a page has changed, or is empty for no reason, is for the record to say, not for the page.
    const { emptyRun: _said, ...shown } = said;
    const problems = said.problems.filter(({ code }) => code !== 'page-changed').slice(0, 10);
    const emptyRun = record && kept.surface !== 'record' ? emptyRunOf(record) : 0;
    const health: PageHealth = {
      ...shown,
      problems: [...problems, ...changed.map(problemOf)],
      ...(emptyRun > 0 ? { emptyRun } : {}),
    };
    await browser.storage.session.set({ [keyOf(tabId)]: health });
    return { changed };
  });
}

export async function healthOf(tabId: number): Promise<PageHealth | null> {
  const stored = await readStored('session', keyOf(tabId), pageHealthSchema);
  return stored.kind === 'value' ? stored.value : null;
}

/** The tab is gone: its last visit is over. */
export function forgetHealth(tabId: number): Promise<void> {
  return alone(async () => {
    await endVisit(await healthOf(tabId));
    await browser.storage.session.remove(keyOf(tabId));
  });
}

/** Pages that are open now, by tab. */
async function openPages(): Promise<(readonly [tabId: number, health: PageHealth])[]> {
  const all = await browser.storage.session.get(null);
  return Object.entries(all).flatMap(([key, value]) => {
    const parsed = key.startsWith(sessionPrefix) ? pageHealthSchema.safeParse(value) : undefined;
    return parsed?.success ? [[Number(key.slice(sessionPrefix.length)), parsed.data] as const] : [];
  });
}

/** The tab that showed this kind of page last. */
export async function tabShowing(adapter: string, surface: RouteKind): Promise<number | null> {
  const pages = (await openPages()).filter(([, one]) => one.adapter === adapter && one.surface === surface);
  return pages.toSorted(([, a], [, b]) => b.at - a.at)[0]?.[0] ?? null;
}

/** Every kind of page that was ever visited, with the visits that are still open. */
export async function healthTable(now: number): Promise<HealthTable> {
  const open = (await openPages()).map(([, health]) => health).toSorted((a, b) => a.at - b.at);
  const kinds = catalogue.flatMap(({ id }) => surfaces.map((surface): Kept => ({ adapter: id, surface })));
  const rows = await Promise.all(
    kinds.map(async (kept) => {
      const here = open.filter((health) => {
        const as = keptAs(health);
        return as?.adapter === kept.adapter && as.surface === kept.surface;
      });
      const record = here.reduce(addVisit, await readRecord(kept));
      return record.lastAt === 0 ? [] : [tableRow(kept.adapter, kept.surface, record)];
    }),
  );
  return { asOf: now, surfaces: rows.flat(), adapters: catalogue.map(({ id, label }) => ({ id, label })) };
}
