/** The stretches of the editor, and which of them shows what stands at a path. */
import type { Path } from '../../lib/agreement/integrity';

export const tabs = ['promises', 'hours', 'leads', 'quality', 'management', 'terms'] as const;
export type Tab = (typeof tabs)[number];

const places: readonly (readonly [start: string, tab: Tab])[] = [
  ['services/commitments', 'promises'],
  ['services/responsibilities', 'promises'],
  ['management/promises', 'promises'],
  ['services/availability/calendars', 'hours'],
  ['services/availability', 'terms'],
  ['services/scope', 'leads'],
  ['services/aims', 'terms'],
  ['management/definitions/touch', 'terms'],
  ['management/definitions/teams', 'promises'],
  ['management/definitions', 'leads'],
  ['management/clauses', 'terms'],
  ['management/taxonomy', 'quality'],
  ['management/quality', 'quality'],
  ['management/attempts', 'quality'],
  ['management/recycles', 'quality'],
  ['management', 'management'],
];

export function tabOf(path: Path): Tab {
  const text = path.join('/');
  return places.find(([start]) => text === start || text.startsWith(`${start}/`))?.[1] ?? 'terms';
}
