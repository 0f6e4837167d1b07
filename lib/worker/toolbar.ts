/**
 * The count on the toolbar: my overdue leads, red when at least one is certain, grey when all need a fresh look; "!" when
 * nothing could be read for longer than the agreement's smallest target, because then no count is to be trusted.
 */
import { browser } from 'wxt/browser';
import { plural, t } from '../platform/i18n';
import { stateColours } from '../platform/tokens';
import { blindSince, smallestTarget } from './blind';
import type { WorkerContext } from './context';
import { dueNow } from './due';

/** Four characters fit. */
export function countText(count: number): string {
  if (count === 0) return '';
  return count > 999 ? '999+' : String(count);
}

/** Whether nothing could be read for too long. */
async function isBlind(context: WorkerContext): Promise<boolean> {
  const [since, { agreement }] = await Promise.all([blindSince(), context.agreement()]);
  const patience = smallestTarget(agreement);
  return since !== null && patience !== null && context.now() - since > patience;
}

export async function updateToolbar(context: WorkerContext): Promise<void> {
  const [{ candidates }, blind] = await Promise.all([dueNow(true, context), isBlind(context)]);
  const overdue = candidates.filter(({ group }) => group === 'overdue');
  const certain = overdue.filter(({ record }) => record.isSeenLate).length;
  const colour = certain > 0 && !blind ? stateColours.light.overdue.line : stateColours.light.unknown.text;
  const words = [
    t('extension_name'),
    ...(blind ? [t('toolbar_blind')] : []),
    ...(certain > 0 ? [plural('toolbar_overdue', certain)] : []),
    ...(overdue.length > certain ? [plural('toolbar_unchecked', overdue.length - certain)] : []),
  ];
  await Promise.all([
    browser.action.setBadgeText({ text: blind ? '!' : countText(overdue.length) }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setTitle({ title: words.join(' · ') }),
  ]);
}
