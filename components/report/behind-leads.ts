/** The keys of all leads behind a number, as many as the number says. */
import type { LeadKey } from '../../lib/lead/lead';
import { leadsBehind, type Columns } from '../../lib/report';
import { maxPage } from '../../lib/report/behind';
import type { Behind } from './figure-table';

export function keysBehind(columns: Columns, { cell, window, filters, condition }: Behind): LeadKey[] {
  const keys: LeadKey[] = [];
  for (;;) {
    const { total, leads } = leadsBehind(columns, { window, filters }, cell, { offset: keys.length, limit: maxPage });
    keys.push(...leads);
    if (leads.length === 0 || keys.length >= total) break;
  }
  if (condition === undefined) return keys;
  const covered = columns.covered.get(condition);
  const meant = new Set(columns.keys.filter((_, row) => covered?.[row] === 1));
  return keys.filter((key) => meant.has(key));
}
