/**
 * The log of decisions and corrective actions, one item in `storage.local`. Only the worker writes, one change at a time; what
 * can't be read is kept aside and never written over.
 */
import { browser } from 'wxt/browser';
import type { DecisionLog } from '../messages/report';
import { decisionsAtMost, decisionsSchema, type Decision } from './decision-schema';
import { readStored } from './stored';

/** Key in `storage.local`. */
export const decisionsKey = 'decisions';

/** Newest first. */
export async function readDecisions(): Promise<DecisionLog> {
  const stored = await readStored('local', decisionsKey, decisionsSchema);
  const decisions = stored.kind === 'value' ? stored.value.decisions : [];
  return { decisions: decisions.toSorted((a, b) => b.at - a.at), readable: stored.kind !== 'unreadable' };
}

async function change(edit: (before: readonly Decision[]) => readonly Decision[]): Promise<{ readonly ok: boolean }> {
  const { decisions, readable } = await readDecisions();
  if (!readable) return { ok: false };
  const edited = edit(decisions);
  if (edited.length > decisionsAtMost) return { ok: false };
  return browser.storage.local.set({ [decisionsKey]: { schema: 1, decisions: edited } }).then(
    () => ({ ok: true }),
    () => ({ ok: false }),
  );
}

export const saveDecision = (decision: Decision): Promise<{ readonly ok: boolean }> =>
  change((before) => [decision, ...before.filter(({ id }) => id !== decision.id)]);

export const removeDecision = (id: string): Promise<{ readonly ok: boolean }> =>
  change((before) => before.filter((decision) => decision.id !== id));
