/**
 * The README's table of CRMs, made from the adapters' evidence so that it cannot say more than they know. A test compares
 * it with what stands in the README; `npm run crm-table` writes it there.
 */
import { adapters, evidenceOf } from '../../lib/crm/registry';
import type { AdapterEvidence, Verification } from '../../lib/crm/types';
import type { FieldName } from '../../lib/lead/lead';

export const tableStart = '<!-- The table of CRMs: npm run crm-table -->';
export const tableEnd = '<!-- End of the table of CRMs -->';

const verifiedAs: Readonly<Record<Verification, string>> = {
  live: 'live, in CI',
  capture: 'captured page',
  public: 'public evidence only',
};

const fields = (names: readonly FieldName[]): string => (names.length === 0 ? '–' : names.join(', '));

/** What the API says is the same on every surface, so it stands on the first row of a CRM. */
function rowsOf(label: string, { api, product, surfaces }: AdapterEvidence): string[][] {
  const fromApi = api ? `${fields(api.fields)} (${verifiedAs[api.verified]})` : 'none with the session';
  return surfaces.map(({ kind, objects, page, seen, verified }, index) => [
    index === 0 ? (product.startsWith(label) ? product : `${label}: ${product}`) : '',
    `${kind}: ${objects.join(', ')}`,
    fields(page),
    index === 0 ? fromApi : '',
    seen,
    verifiedAs[verified],
  ]);
}

/** The table and what is left out, between the two markers, in the form that the formatter gives them. */
export function crmTable(): string {
  const head = ['CRM', 'surface: records', 'read from the page', "read from the CRM's own API", 'evidence', 'verified'];
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
  return [
    tableStart,
    '',
    line(first),
    rule,
    ...rest.map(line),
    '',
    'Left out and not guessed, with the reason:',
    '',
    ...leftOut,
    '',
    tableEnd,
  ].join('\n');
}
