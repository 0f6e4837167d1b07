/**
 * The report that a person can copy and send: how one kind of page is read, and its structure. It holds counts, names of
 * ours and of HTML, and nothing of a lead; the host only if the person says so. In English and as JSON: who reads it is
 * whoever mends the adapter.
 */
import type { StructureReply, SurfaceHealth } from '../../lib/messages/page-health';
import type { About } from './services';

export interface ReportParts {
  readonly about: About;
  readonly health: SurfaceHealth;
  readonly structure: StructureReply;
  readonly withHost: boolean;
}

export function reportText({ about, health, structure, withHost }: ReportParts): string {
  const { adapter, surface, changed, lastAt, ...counts } = health;
  const report = {
    relevo: about.version,
    browser: about.browser,
    adapter,
    surface,
    ...(withHost && structure.ok && structure.host !== null ? { host: structure.host } : {}),
    // To the day: the minute would say when somebody worked.
    lastSeen: new Date(lastAt).toISOString().slice(0, 10),
    changed: changed.map(({ kind, name }) => `${kind} ${name}`),
    ...counts,
    ...(structure.ok
      ? { matches: structure.outline.matches, truncated: structure.outline.truncated, outline: structure.outline.lines }
      : { outline: `left out: ${structure.reason}` }),
  };
  return JSON.stringify(report, null, 2);
}
