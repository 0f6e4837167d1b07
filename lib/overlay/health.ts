/** How well this page is read, told to the worker when it changes: counts and field names, never lead data. */
import type { CrmAdapter } from '../crm/types';
import type { RouteKind } from '../lead/lead';
import type { PageHealth, Problem } from '../messages/contract';
import type { Row } from './rows';

/** Told at most this often, ms. */
const calmMs = 1_000;

export interface HealthSource {
  readonly adapter: Pick<CrmAdapter, 'id' | 'label' | 'surfaces'> | null;
  readonly surface: RouteKind | null;
  readonly rows: Iterable<Row>;
  readonly putBack: number;
  readonly givenUp: number;
  readonly problems: readonly Problem[];
}

/** Field names that a page may be told of; a broken adapter must not make the list endless. */
const fieldsAtMost = 40;

export function measureHealth(source: HealthSource, at: number): PageHealth {
  const missing: Record<string, number> = {};
  let [rows, read, badges] = [0, 0, 0];
  for (const row of source.rows) {
    rows += 1;
    if (row.ref) read += 1;
    if (row.badge) badges += 1;
    for (const field of row.missing) {
      if (!Object.hasOwn(missing, field) && Object.keys(missing).length >= fieldsAtMost) continue;
      missing[field] = (missing[field] ?? 0) + 1;
    }
  }
  return {
    adapter: source.adapter?.id ?? null,
    adapterLabel: source.adapter?.label ?? null,
    surface: source.surface,
    ...(source.adapter && source.surface && !source.adapter.surfaces[source.surface] ? { noSurface: true } : {}),
    rows,
    read,
    missing,
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
}

export function createHealth(
  source: () => HealthSource,
  now: () => number,
  tell: (health: PageHealth) => void,
  signal: AbortSignal,
): Health {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';

  function send(): void {
    timer = undefined;
    const health = measureHealth(source(), now());
    const said = JSON.stringify({ ...health, at: 0 });
    if (said === last) return;
    last = said;
    tell(health);
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  return {
    touch() {
      if (!signal.aborted) timer ??= setTimeout(send, calmMs);
    },
  };
}
