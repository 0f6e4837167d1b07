/** How well this page is read, told to the worker when it changes: counts and field names, never lead data. */
import type { SelectorLook } from '../crm/selector-look';
import type { CrmAdapter } from '../crm/types';
import type { RouteKind } from '../lead/lead';
import type { HealthReply, PageChange, PageHealth } from '../messages/page-health';
import type { Problem } from '../messages/problems';
import { logOnce } from './log';
import type { Row } from './rows';

/** Told at most this often, ms. */
const calmMs = 1_000;

export interface HealthSource {
  readonly adapter: Pick<CrmAdapter, 'id' | 'label' | 'surfaces'> | null;
  readonly surface: RouteKind | null;
  readonly rows: Iterable<Row>;
  /** What is not known of a row, where more is asked than the page. */
  readonly unread?: (row: Row) => Row['missing'];
  readonly putBack: number;
  readonly givenUp: number;
  readonly problems: readonly Problem[];
  readonly visit?: number;
  readonly selectors?: PageHealth['selectors'];
  readonly refused?: readonly string[];
}

/** Field names that a page may be told of; a broken adapter must not make the list endless. */
const fieldsAtMost = 40;

export function measureHealth(source: HealthSource, at: number): PageHealth {
  const missing: Record<string, number> = {};
  const seen: Record<string, number> = {};
  const tally = (counts: Record<string, number>, names: readonly string[]): void => {
    for (const name of names) {
      if (!Object.hasOwn(counts, name) && Object.keys(counts).length >= fieldsAtMost) continue;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  };
  let [rows, read, whole, badges] = [0, 0, 0, 0];
  for (const row of source.rows) {
    rows += 1;
    const unread = source.unread?.(row) ?? row.missing;
    if (row.ref && !unread.includes('recordId')) read += 1;
    if (unread.length === 0) whole += 1;
    if (row.badge) badges += 1;
    tally(missing, unread);
    tally(seen, Object.keys(row.fields));
  }
  return {
    adapter: source.adapter?.id ?? null,
    adapterLabel: source.adapter?.label ?? null,
    surface: source.surface,
    ...(source.adapter && source.surface && !source.adapter.surfaces[source.surface] ? { noSurface: true } : {}),
    visit: source.visit ?? at,
    rows,
    read,
    whole,
    missing,
    seen,
    selectors: source.selectors ?? {},
    refused: source.refused ?? [],
    badges,
    putBack: source.putBack,
    givenUp: source.givenUp,
    problems: source.problems,
    at,
  };
}

export interface Health {
  /** Something that counts may have changed. */
  touch(): void;
  /** The page is left: what is told from now on is another visit's. */
  leave(): void;
  /** Whether the CRM changed its page in a way that touches what this row says. */
  outdated(row: Row): boolean;
}

export interface HealthOptions {
  readonly source: () => HealthSource;
  readonly look: SelectorLook | undefined;
  /** Where the adapter's selectors may match. */
  readonly scopes: () => readonly ParentNode[];
  readonly now: () => number;
  readonly tell: (health: PageHealth) => Promise<HealthReply>;
  /** Other rows may be outdated than before. */
  readonly onChanged: () => void;
  readonly signal: AbortSignal;
}

export function createHealth({ source, look, scopes, now, tell, onChanged, signal }: HealthOptions): Health {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  let visit = now();
  let changed: readonly PageChange[] = [];

  async function send(): Promise<void> {
    timer = undefined;
    const at = now();
    const bare = measureHealth({ ...source(), visit }, at);
    // A page without rows tells nothing of what rows hold.
    const health = look && bare.rows > 0 ? { ...bare, selectors: look.look(scopes()) } : bare;
    const said = JSON.stringify({ ...health, at: 0 });
    if (said === last) return;
    last = said;
    const reply = await tell(health);
    if (signal.aborted || health.visit !== visit || JSON.stringify(reply.changed) === JSON.stringify(changed)) return;
    changed = reply.changed;
    onChanged();
  }

  function touch(): void {
    if (signal.aborted) return;
    timer ??= setTimeout(() => void send().catch((error: unknown) => logOnce('health', error)), calmMs);
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  return {
    touch,
    leave() {
      visit = now();
      changed = [];
      look?.leave();
      touch();
    },
    // Which value a selector is for nobody but the adapter knows, so a lost one puts every row in doubt.
    outdated: ({ missing }) =>
      changed.some(({ kind, name }) => kind !== 'field' || (missing as readonly string[]).includes(name)),
  };
}
