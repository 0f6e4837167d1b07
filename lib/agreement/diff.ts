/**
 * What differs between two versions, as statements that a page puts into words: "first touch for Demo request: 60 → 30 working
 * minutes". Complete: there is no statement exactly when both say the same. The version's number and the signatures are no part of
 * what it says. Whatever has an id is followed by it, wherever it moved.
 */
import { canonicalJson, contentOf } from './canonical';
import type { AgreementDocument } from './document';
import type { Words } from './words';

/** What kind of thing changed; the first sentence part that a page chooses. */
export type DifferenceArea =
  | 'title'
  | 'notes'
  | 'effective'
  | 'party'
  | 'aim'
  | 'scope'
  | 'commitment'
  | 'rule'
  | 'condition'
  | 'target'
  | 'responsibility'
  | 'calendar'
  | 'cover'
  | 'out-of-hours'
  | 'at-risk'
  | 'enforcement'
  | 'measure'
  | 'report'
  | 'review'
  | 'clause'
  | 'update'
  | 'stage'
  | 'persona'
  | 'touch'
  | 'status'
  | 'team'
  | 'reason'
  | 'attempts'
  | 'recycles'
  | 'quality'
  | 'promise'
  | 'escalation'
  | 'retention'
  | 'other';

export interface Difference {
  readonly area: DifferenceArea;
  /** `moved`: the same things in another order; `from` and `to` are then lists of their ids. */
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  /** From the top; a step into a list is the id (or clause number) of the thing. */
  readonly path: readonly string[];
  /** Titles or labels of the things on the way, outermost first, as the newer version that has them calls them. */
  readonly subjects: readonly Words[];
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Most statements that are made; an agreement that was written anew is not told line by line. */
const most = 2_000;

/** @returns at most 2,000 statements, in the order of the document. */
export function differences(before: AgreementDocument, after: AgreementDocument): Difference[] {
  const found: Difference[] = [];
  const place: Place = { path: [], subjects: [] };
  compare({ ...contentOf(before), version: 0 }, { ...contentOf(after), version: 0 }, place, found);
  return found;
}

interface Place {
  readonly path: readonly string[];
  readonly subjects: readonly Words[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function compare(from: unknown, to: unknown, place: Place, found: Difference[]): void {
  if (found.length >= most || canonicalJson(from) === canonicalJson(to)) return;
  if (isUnit(place.path) || !compareParts(from, to, place, found)) found.push(difference(place, from, to));
}

/** Told as a whole, because only a whole one means something: "60 → 30 working minutes". */
const isUnit = (path: readonly string[]): boolean =>
  ['target', 'when', 'title', 'label', 'text', 'what'].includes(path.at(-1) ?? '');

function compareParts(from: unknown, to: unknown, place: Place, found: Difference[]): boolean {
  if (isFields(from) && isFields(to)) {
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)]))
      compare(own(from, name), own(to, name), into(place, name, own(to, name) ?? own(from, name)), found);
    return true;
  }
  const [before, after] = [byId(from, to), byId(to, from)];
  if (!before || !after) return false;
  for (const id of new Set([...before.keys(), ...after.keys()]))
    compare(before.get(id), after.get(id), into(place, id, after.get(id) ?? before.get(id)), found);
  const stayed = {
    from: [...before.keys()].filter((id) => after.has(id)),
    to: [...after.keys()].filter((id) => before.has(id)),
  };
  if (stayed.from.join('\n') !== stayed.to.join('\n'))
    found.push({ area: areaOf(place.path), change: 'moved', ...place, from: stayed.from, to: stayed.to });
  return true;
}

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/**
 * A list of things with ids, by id; `null` where it is none, or an id stands twice. An absent list is an empty one, so that the
 * first things in it are told by name; beside an empty list it is the list that came or went.
 */
function byId(list: unknown, other: unknown): ReadonlyMap<string, unknown> | null {
  if (list === undefined && Array.isArray(other) && other.length > 0) return new Map();
  if (!Array.isArray(list)) return null;
  const map = new Map<string, unknown>();
  for (const item of list as readonly unknown[]) {
    const id = isFields(item) ? (item['id'] ?? item['number']) : undefined;
    if (typeof id !== 'string' || map.has(id)) return null;
    map.set(id, item);
  }
  return map;
}

function into({ path, subjects }: Place, step: string, value: unknown): Place {
  const name = isFields(value) ? (value['title'] ?? value['label']) : undefined;
  const isName = typeof name === 'string' || (isFields(name) && typeof name['en'] === 'string');
  return { path: [...path, step], subjects: isName ? [...subjects, name as Words] : subjects };
}

function difference(place: Place, from: unknown, to: unknown): Difference {
  const area = areaOf(place.path);
  if (from === undefined) return { area, change: 'added', ...place, to };
  if (to === undefined) return { area, change: 'removed', ...place, from };
  return { area, change: 'changed', ...place, from, to };
}

/** By the start of the path; the first that fits. */
const areas: readonly (readonly [string, DifferenceArea])[] = [
  ['title', 'title'],
  ['notes', 'notes'],
  ['effectiveFrom', 'effective'],
  ['parties', 'party'],
  ['services/aims', 'aim'],
  ['services/scope', 'scope'],
  ['services/commitments/*/rules/*/target', 'target'],
  ['services/commitments/*/rules/*/when', 'condition'],
  ['services/commitments/*/rules', 'rule'],
  ['services/commitments', 'commitment'],
  ['services/responsibilities', 'responsibility'],
  ['services/availability/calendars', 'calendar'],
  ['services/availability/cover', 'cover'],
  ['services/availability/outOfHours', 'out-of-hours'],
  ['management/atRisk', 'at-risk'],
  ['management/enforcedFrom', 'enforcement'],
  ['management/measures', 'measure'],
  ['management/reports', 'report'],
  ['management/review', 'review'],
  ['management/clauses', 'clause'],
  ['management/update', 'update'],
  ['management/definitions/stages', 'stage'],
  ['management/definitions/personas', 'persona'],
  ['management/definitions/touch', 'touch'],
  ['management/definitions/statuses', 'status'],
  ['management/definitions/teams', 'team'],
  ['management/taxonomy', 'reason'],
  ['management/attempts', 'attempts'],
  ['management/recycles', 'recycles'],
  ['management/quality', 'quality'],
  ['management/promises', 'promise'],
  ['management/escalation', 'escalation'],
  ['management/retentionDays', 'retention'],
];
const areaPaths = areas.map(([path, area]) => ({ steps: path.split('/'), area }));

function areaOf(path: readonly string[]): DifferenceArea {
  const fits = areaPaths.find(({ steps }) =>
    steps.every((step, index) => (step === '*' ? index < path.length : step === path[index])),
  );
  return fits?.area ?? 'other';
}
