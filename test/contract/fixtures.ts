/**
 * The saved pages of every adapter, found by walking the folder: a page without an expectation, or under a name that says
 * no surface, is an error and not skipped. Node only; what reads a page lies in `reading.ts`, so that a browser can do it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Expected } from './reading';
import type { SiteDates } from '../../lib/crm/types';
import { routeKinds } from './route-kinds.ts';
import type { RouteKind } from '../../lib/lead/lead';

export const fixtureFolder = new URL('../fixtures/crm/', import.meta.url);

export interface Fixture {
  /** Adapter id: the folder's name. */
  readonly adapter: string;
  /** `<date>-<surface>-<variant>`. */
  readonly name: string;
  readonly kind: RouteKind;
  readonly html: string;
  readonly expected: Expected;
  /** What its dates say once the person has set how this site shows times. */
  readonly zoned: Zoned | null;
}

/** `zoned` in `<fixture>.expected.json`. */
interface Zoned {
  readonly dates: SiteDates;
  /** By record and field: the minute in UTC, `YYYY-MM-DDTHH:MMZ`, or where the page shows seconds when it begins. */
  readonly minutes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Fields that no zone makes exact: "about 11 hours ago". */
  readonly vague?: readonly string[];
}

const nameForm = new RegExp(`^\\d{4}-\\d{2}-\\d{2}-(${routeKinds.join('|')})-[a-z0-9-]+$`, 'u');

/** Adapter ids that have a folder. */
export function fixtureAdapters(): string[] {
  return readdirSync(fixtureFolder).sort();
}

/** All fixtures, or those of one adapter. Throws for a page or an expectation that stands alone. */
export function listFixtures(adapter?: string): Fixture[] {
  const ids = adapter === undefined ? fixtureAdapters() : [adapter];
  return ids.flatMap((id) => {
    const folder = new URL(`${id}/`, fixtureFolder);
    const files = readdirSync(folder).sort();
    const stems = new Set(files.map((file) => file.replace(/(\.expected\.json|\.html)$/u, '')));
    return [...stems].map((name) => {
      const kind = nameForm.exec(name)?.[1] as RouteKind | undefined;
      if (!kind) throw new Error(`${id}/${name}: the name must be <date>-<surface>-<variant>`);
      const html = readFileSync(new URL(`${name}.html`, folder), 'utf8');
      const { zoned = null, ...expected } = JSON.parse(
        readFileSync(new URL(`${name}.expected.json`, folder), 'utf8'),
      ) as Expected & { readonly zoned?: Zoned };
      return { adapter: id, name, kind, html, expected, zoned };
    });
  });
}
