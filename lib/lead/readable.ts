/**
 * Through which pages and APIs a lead was read, and which fields they could have shown: the difference between a field that
 * is empty in the CRM and one that nobody looked at. Pure.
 *
 * A field counts as readable when it was seen on any lead of the same CRM and record type through one of these ways, and the
 * last reading that way did not say that it failed there. That holds for lists whose columns people choose, needs no table
 * of what each CRM shows, and errs towards silence: at first sight nothing is missing.
 */
import type { FieldName, LeadFields, LeadId, Observation, RouteKind } from './lead';

/** A way of reading leads: the CRM's API, or a kind of page. */
export type View = 'api' | RouteKind;

/** The ways a lead was read, each with the fields that should have been there and could not be read the last time. */
export type Views = { readonly [Way in View]?: readonly FieldName[] };

/** Fields that were ever seen through each way, for one CRM and record type. */
export type Shown = Views;

export const viewOf = ({ source, surface }: Pick<Observation, 'source' | 'surface'>): View =>
  source === 'api' ? 'api' : surface;

/** Names what leads have in common that show the same fields: CRM, origin and record type. */
export const groupOf = ({ crm, origin, object }: LeadId): string => [crm, origin, object].join('|');

/** The ways after this observation. The very object that came in where nothing changed. */
export function viewsAfter(before: Views | undefined, observation: Observation): Views {
  const view = viewOf(observation);
  const failed = observation.missing.toSorted();
  const known = before?.[view];
  if (before && known?.length === failed.length && known.every((field, at) => field === failed[at])) return before;
  return { ...before, [view]: failed };
}

/** What was seen through one way after this reading. The very list that came in where nothing is new. */
export function shownAfter(before: readonly FieldName[] | undefined, fields: LeadFields): readonly FieldName[] {
  const known = before ?? [];
  const fresh = (Object.keys(fields) as FieldName[]).filter((field) => !known.includes(field));
  return fresh.length === 0 && before ? before : [...known, ...fresh];
}

/** Fields that could have been read of a lead that was read in these ways. */
export function readableThrough(views: Views | undefined, shown: Shown | undefined): ReadonlySet<FieldName> {
  const readable = new Set<FieldName>();
  for (const [view, failed] of Object.entries(views ?? {}) as [View, readonly FieldName[]][])
    for (const field of shown?.[view] ?? []) if (!failed.includes(field)) readable.add(field);
  return readable;
}
