/**
 * The README's table of CRMs, made from the adapters' evidence so that it cannot say more than they know. A test compares
 * it with what stands in the README; `npm run crm-table` writes it there.
 */
import { clocksRun, evidenceOf } from '../../lib/crm/evidences';
import { adapters } from '../../lib/crm/registry';
import type { AdapterEvidence, Said, Verification } from '../../lib/crm/types';
import type { FieldName } from '../../lib/lead/lead';

export const tableStart = '<!-- The table of CRMs: npm run crm-table -->';
export const tableEnd = '<!-- End of the table of CRMs -->';

const verifiedAs: Readonly<Record<Verification, string>> = {
  live: 'live, in CI',
  capture: 'captured page',
  public: 'public evidence only',
};

const fields = (names: readonly FieldName[]): string => (names.length === 0 ? '–' : names.join(', '));

const clocksAs: Readonly<Record<ReturnType<typeof clocksRun>, string>> = {
  yes: 'yes',
  zone: 'once you set the zone of its times',
  no: 'no: nothing tells when a lead began',
};

function apiWords({ api }: AdapterEvidence): string {
  if (!api) return 'none with the session';
  const requests = api.requests === 1 ? '1 request' : `${api.requests} requests`;
  return `${fields(api.fields)} (${verifiedAs[api.verified]}, ${api.seen}; ${requests} for 100 rows)`;
}

/** What the API says and whether clocks run is the same on every surface, so it stands on the first row of a CRM. */
function rowsOf(label: string, evidence: AdapterEvidence): string[][] {
  const { product, surfaces } = evidence;
  return surfaces.map(({ kind, objects, page, seen, verified }, index) => [
    index === 0 ? (product.startsWith(label) ? product : `${label}: ${product}`) : '',
    index === 0 ? clocksAs[clocksRun(evidence)] : '',
    `${kind}: ${objects.join(', ')}`,
    fields(page),
    seen,
    verifiedAs[verified],
    index === 0 ? apiWords(evidence) : '',
  ]);
}

/** "a; b", or that there is none. */
const said = (words: readonly Said[]): string =>
  words.length === 0 ? 'nothing' : words.map(({ en }) => en).join('; ');

/** The table and what is left out, between the two markers, in the form that the formatter gives them. */
export function crmTable(): string {
  const head = [
    'CRM',
    'clocks run',
    'surface: records',
    'read from the page',
    'evidence',
    'verified',
    "read from the CRM's own API (evidence; cost)",
  ];
  const known = adapters.flatMap(({ id, label }) => {
    const evidence = evidenceOf[id];
    return evidence && id !== 'demo' ? [{ label, evidence }] : [];
  });
  const rows = known.flatMap(({ label, evidence }) => rowsOf(label, evidence));
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [first = [], ...rest] = all;
  const leftOut = known
    .filter(({ evidence }) => evidence.leftOut.length > 0)
    .map(
      ({ label, evidence }) =>
        `- **${label}**: ${evidence.leftOut.map(({ surface, why }) => `${surface} (${why})`).join('; ')}.`,
    );
  const touches = known.map(
    ({ label, evidence: { touches: of } }) =>
      `- **${label}**: ${said(of.counts)}.${of.ignored.length > 0 ? ` Not: ${said(of.ignored)}.` : ''}`,
  );
  return [
    tableStart,
    '',
    line(first),
    rule,
    ...rest.map(line),
    '',
    'What counts as a touch by a human, beside what people enter themselves, and what does not:',
    '',
    ...touches,
    '',
    'Left out and not guessed, with the reason:',
    '',
    ...leftOut,
    '',
    tableEnd,
  ].join('\n');
}
