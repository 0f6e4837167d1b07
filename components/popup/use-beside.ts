/** The rows beside the groups of an answer, as far as what was chosen shows them, and when they are next out of date. */
import { useMemo } from 'react';
import type { QueueRow, Summary, WaitingRow } from '../../lib/messages/summary';
import type { SummaryAnswer } from './use-summary';

/** What the agreement calls things. */
export type Terms = NonNullable<Summary['terms']>;

export interface Beside {
  readonly waiting: readonly WaitingRow[];
  readonly next: readonly QueueRow[];
  readonly snoozed: readonly QueueRow[];
  readonly terms: Terms;
}

const unnamed: Terms = { reasons: [], parties: { marketing: {}, sales: {} } };
export const nothingBeside: Beside = { waiting: [], next: [], snoozed: [], terms: unnamed };

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

function besideOf({ summary, choice }: SummaryAnswer): Beside {
  if (choice.group !== null) return nothingBeside;
  const words = plain(choice.search).split(/\s+/).filter(Boolean);
  // The worker has searched the others.
  const found = ({ name, company }: WaitingRow): boolean => {
    const text = plain(`${name} ${company ?? ''}`);
    return words.every((word) => text.includes(word));
  };
  return {
    waiting: (summary.waiting ?? []).filter(found),
    next: summary.next ?? [],
    snoozed: summary.snoozed ?? [],
    terms: summary.terms ?? unnamed,
  };
}

export const useBeside = (answer: SummaryAnswer | null): Beside =>
  useMemo(() => (answer === null ? nothingBeside : besideOf(answer)), [answer]);

export const hasAny = ({ waiting, next, snoozed }: Beside): boolean =>
  waiting.length + next.length + snoozed.length > 0;

/** When the first of them wakes, epoch ms: from then on it belongs into another list. */
export function firstWake({ asOf, snoozed = [] }: Summary): number | null {
  const wakes = snoozed.flatMap(({ snoozedUntil = 0 }) => (snoozedUntil > asOf ? [snoozedUntil] : []));
  return wakes.length === 0 ? null : Math.min(...wakes);
}
