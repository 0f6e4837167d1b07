/** The count on the toolbar: my overdue leads, red when at least one is certain, grey when all need a fresh look. */
import { browser } from 'wxt/browser';
import { plural, t } from '../platform/i18n';
import { stateColours } from '../platform/tokens';
import type { WorkerContext } from './context';
import { dueNow } from './summary';

/** Four characters fit. */
export function countText(count: number): string {
  if (count === 0) return '';
  return count > 999 ? '999+' : String(count);
}

export async function updateToolbar(context: WorkerContext): Promise<void> {
  const { candidates } = await dueNow(true, context);
  const overdue = candidates.filter(({ group }) => group === 'overdue');
  const certain = overdue.filter(({ record }) =>
    record.clocks.some(({ dueAt, state }) => state === 'overdue' || (dueAt !== null && record.lead.seenAt > dueAt)),
  ).length;
  const colour = certain > 0 ? stateColours.light.overdue.line : stateColours.light.unknown.text;
  const words = [
    t('extension_name'),
    ...(certain > 0 ? [plural('toolbar_overdue', certain)] : []),
    ...(overdue.length > certain ? [plural('toolbar_unchecked', overdue.length - certain)] : []),
  ];
  await Promise.all([
    browser.action.setBadgeText({ text: countText(overdue.length) }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setTitle({ title: words.join(' · ') }),
  ]);
}
