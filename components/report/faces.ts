/** What a list of leads shows of each. Of kept days it stays text until the first list asks: most reports open none. */
import type { LeadKey } from '../../lib/lead/lead';

export interface LeadFace {
  readonly name: string | null;
  readonly company: string | null;
}

export interface Faces {
  get(key: LeadKey): LeadFace | undefined;
}

/** Leads of a kept day, and their faces as it has them. */
export interface KeptFaces {
  readonly leads: readonly LeadKey[];
  readonly faces: string;
}

const wordIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** As a kept day has them: the names, then the companies. */
export function facesText(leads: readonly LeadKey[], faces: Faces): string {
  const all = leads.map((key) => faces.get(key));
  return JSON.stringify([all.map((face) => face?.name ?? null), all.map((face) => face?.company ?? null)]);
}

/** Text from the database is untrusted: where it is damaged, leads have no names. */
function readFaces({ leads, faces }: KeptFaces): (readonly [LeadKey, LeadFace])[] {
  let lists: unknown;
  try {
    lists = JSON.parse(faces);
  } catch {
    return [];
  }
  const [names, companies]: readonly unknown[] = Array.isArray(lists) ? lists : [];
  const at = (list: unknown, place: number): string | null =>
    Array.isArray(list) ? wordIn(list[place] as unknown) : null;
  return leads.map((key, place) => [key, { name: at(names, place), company: at(companies, place) }]);
}

/** @param fresh known better than what was kept. */
export function createFaces(kept: readonly KeptFaces[], fresh: ReadonlyMap<LeadKey, LeadFace>): Faces {
  let known: Map<LeadKey, LeadFace> | undefined;
  return {
    get(key) {
      if (kept.length > 0) known ??= new Map(kept.flatMap(readFaces));
      return fresh.get(key) ?? known?.get(key);
    },
  };
}
