import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { crmTable, tableEnd, tableStart } from '../../tools/crm-table';

const readme = new URL('../../../README.md', import.meta.url);

it('the README’s table of CRMs says what the adapters know, and no more', () => {
  const text = readFileSync(readme, 'utf8');
  const [start, end] = [text.indexOf(tableStart), text.indexOf(tableEnd)];
  expect(start).toBeGreaterThan(0);
  expect(end).toBeGreaterThan(start);
  const written = text.slice(start, end + tableEnd.length);
  if (process.env['WRITE_CRM_TABLE'] === '1')
    writeFileSync(
      readme,
      text.replace(written, () => crmTable()),
    );
  else expect(written).toBe(crmTable());
});
