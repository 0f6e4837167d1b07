/**
 * Asks the worker and keeps the last answer. Only the newest question may answer; a worker that stays silent counts as
 * failed, and the answer before it stays on screen.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

/** Longer than a stopped worker needs to start and read a ledger of 10,000 leads; short enough not to leave a person waiting. */
const patienceMs = 5_000;

/** @throws when the worker stays silent for too long. */
export function inTime<T>(answer: Promise<T>, waitMs = patienceMs): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), waitMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export interface Answered<T> {
  /** `null` until the first answer. */
  readonly answer: T | null;
  /** The newest question was not answered. */
  readonly failed: boolean;
  /** A question is open. */
  readonly asking: boolean;
  readonly again: () => void;
}

/** @param ask must keep its identity while the question is the same: a new one is asked at once. */
export function useAnswer<T>(ask: () => Promise<T>): Answered<T> {
  const [state, setState] = useState<Omit<Answered<T>, 'again'>>({ answer: null, failed: false, asking: true });
  const turn = useRef(0);
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const settle = (change: (before: Omit<Answered<T>, 'again'>) => Omit<Answered<T>, 'again'>) => {
      if (mine === turn.current) setState(change);
    };
    settle((before) => ({ ...before, asking: true }));
    inTime(ask()).then(
      (answer) => settle(() => ({ answer, failed: false, asking: false })),
      () => settle((before) => ({ ...before, failed: true, asking: false })),
    );
  }, [ask]);
  useEffect(() => {
    again();
    return () => {
      turn.current += 1;
    };
  }, [again]);
  return { ...state, again };
}

/** Runs `again` when the page is looked at again, and when `now` has passed `changeAt`. */
export function useFreshness(again: () => void, changeAt: number | null, now: number): void {
  useEffect(() => {
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [again]);
  const passed = changeAt !== null && now >= changeAt ? changeAt : null;
  useEffect(() => {
    if (passed !== null) again();
  }, [passed, again]);
}
