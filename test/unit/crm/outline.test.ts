// @vitest-environment happy-dom
/** The structure of a page for a report. Invariant: whatever a page holds of people, none of it is in the outline. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlinePage, type Outline } from '../../../lib/crm/outline';
import type { CrmAdapter, DatedSelector } from '../../../lib/crm/types';

const seen = (css: string): DatedSelector => ({ css, since: '2026-01', seenOn: 'test' });
const selectors = {
  root: [seen('#rows')],
  row: [seen('tr[data-id]')],
  status: [seen('td[data-name="status"]')],
  cell: [seen('td[data-name="{}"]')],
};

const adapter: CrmAdapter = {
  id: 'test',
  label: 'Test',
  hosts: [],
  selfHosted: true,
  selectors,
  detect: () => 1,
  route: () => ({ kind: 'list', object: 'Lead' }),
  surfaces: { list: { rows: selectors.row, read: () => ({ ok: false, missing: [] }), place: () => null } },
  recordUrl: () => undefined,
};

const outline = (): Outline => outlinePage(adapter, document, new URL('https://crm.example/#Lead'));
const textOf = ({ lines }: Outline): string => lines.join('\n');

describe('the outline', () => {
  it('shows the way to the first rows, with tags, attribute names, and where our selectors match', () => {
    document.body.innerHTML =
      '<main class="secret"><table><tbody id="rows"><tr data-id="77"><td data-name="status" title="Hot">Hot</td>' +
      '<td data-name="phone">555</td></tr></tbody></table></main>';
    expect(outline()).toEqual({
      lines: [
        'html',
        '  body',
        '    main [class]',
        '      table',
        '        tbody [id] «root»',
        'tr [data-id] «row»',
        '  td [data-name=status title] «status»',
        '  td [data-name]',
      ],
      truncated: false,
      matches: { root: 1, row: 1, status: 1 },
    });
  });

  it('shows the page from its body where there are no rows, and the inside of open roots', () => {
    document.body.innerHTML = '<main><crm-list></crm-list></main>';
    document.querySelector('crm-list')?.attachShadow({ mode: 'open' }).append(document.createElement('section'));
    expect(outline().lines).toEqual(['body', '  main', '    crm-list', '      section']);
  });

  it('leaves out what is ours', () => {
    document.body.innerHTML =
      '<tr></tr><table><tr data-id="1"><td><relevo-badge data-lead="x"></relevo-badge></td></tr></table>';
    expect(textOf(outline())).not.toContain('relevo');
  });

  it('is bounded in depth and in elements, and says that it was cut', () => {
    document.body.innerHTML = '<div>'.repeat(100);
    const deep = outline();
    expect(deep.truncated).toBe(true);
    expect(deep.lines.length).toBeLessThanOrEqual(13);
    document.body.innerHTML = '<i></i>'.repeat(5_000);
    const wide = outline();
    expect(wide.truncated).toBe(true);
    expect(wide.lines).toHaveLength(400);
  });

  it('writes no name that may be a number or a word of somebody', () => {
    document.body.innerHTML = '<div data-34600123456="" data-lead-4711="" _ngcontent-x="" aria-label="x"></div>';
    expect(outline().lines[1]).toBe('  div [? ? ? aria-label]');
  });
});

/** What a page shows of people, long enough that no tag or attribute name holds it by chance. */
const personal = fc.oneof(
  fc.emailAddress(),
  fc.uuid(),
  fc.stringMatching(/^[A-Z][a-z]{5,9} [A-Z][a-z]{5,9}$/),
  fc.stringMatching(/^\+34 6\d{8}$/),
  fc.stringMatching(/^00Q[0-9A-Za-z]{15}$/),
  fc.webUrl(),
  fc.string({ unit: 'binary', minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8),
);
const attribute = fc.constantFrom('id', 'class', 'href', 'title', 'data-id', 'data-name', 'aria-label', 'value', 'src');
const cell = fc.record({ text: personal, attributes: fc.array(fc.tuple(attribute, personal), { maxLength: 4 }) });

it('property: no text and no attribute’s value of a page is ever in its outline', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
      document.body.innerHTML = '<table><tbody id="rows"></tbody></table>';
      const body = document.querySelector('tbody');
      const said: string[] = [];
      for (const cells of rows) {
        const row = document.createElement('tr');
        for (const { text, attributes } of cells) {
          const td = document.createElement('td');
          td.textContent = text;
          said.push(text);
          for (const [name, value] of attributes) {
            td.setAttribute(name, value);
            said.push(value);
          }
          row.setAttribute('data-id', text);
          row.append(td);
        }
        body?.append(row);
      }
      const report = JSON.stringify(outline());
      for (const one of said) {
        expect(report).not.toContain(one);
        expect(report).not.toContain(JSON.stringify(one).slice(1, -1));
      }
    }),
    { numRuns: 200 },
  );
});
