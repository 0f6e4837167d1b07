/**
 * Odoo's part of `world-answer.ts`: rows and cards carry a client-side key, and which record it stands for is known to
 * the page's component tree alone (`owl.App.apps`). Runs in the page's own world, where nothing can be relied on: every
 * step is bounded and may find something else than expected. It only reads.
 */

/** Components of one page; a list of 80 rows has about a thousand. */
const componentsAtMost = 20_000;
/** Records of one list or group, and groups of one list. */
const itemsAtMost = 1_000;
/** Groups within groups. */
const deepest = 4;

type Loose = Readonly<Record<string, unknown>>;

/** `App` is a class, so functions count as well. */
const loose = (value: unknown): Loose =>
  (typeof value === 'object' && value !== null) || typeof value === 'function' ? (value as Loose) : {};
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, itemsAtMost) : []);

/** @param owl the page's `owl`. @returns client-side key → record id, for the wanted keys that stand for leads. */
export function findRecords(owl: unknown, wanted: ReadonlySet<string>): Map<string, number> {
  const found = new Map<string, number>();
  const take = (record: unknown): void => {
    const { id, resId, resModel } = loose(record);
    if (typeof id === 'string' && typeof resId === 'number' && resModel === 'crm.lead' && wanted.has(id))
      found.set(id, resId);
  };
  const takeAll = (list: unknown, depth: number): void => {
    const { records, groups } = loose(list);
    items(records).forEach(take);
    if (depth < deepest) for (const group of items(groups)) takeAll(loose(group)['list'], depth + 1);
  };

  const { apps } = loose(loose(owl)['App']);
  const stack = apps instanceof Set ? [...(apps as ReadonlySet<unknown>)].map((app) => loose(app)['root']) : [];
  for (let seen = 0; seen < componentsAtMost && stack.length > 0 && found.size < wanted.size; seen += 1) {
    const { props, children } = loose(stack.pop());
    take(loose(props)['record']);
    takeAll(loose(props)['list'], 0);
    stack.push(...Object.values(loose(children)).slice(0, itemsAtMost));
  }
  return found;
}
