/**
 * The one ticker of a page. It reads the time at each step and never counts down by itself; it stops while the page is
 * hidden and catches up when it is shown again.
 */
import { useEffect, useState } from 'react';

export type Step = 'second' | 'minute';

const stepMs: Readonly<Record<Step, number>> = { second: 1_000, minute: 60_000 };

export function useNow(read: () => number, step: Step): number {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const length = stepMs[step];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      // On the step's own boundary, so that every clock of the page turns together with the wall clock.
      timer = setTimeout(
        () => {
          setNow(read());
          plan();
        },
        length - (read() % length),
      );
    };
    const follow = () => {
      clearTimeout(timer);
      if (document.hidden) return;
      setNow(read());
      plan();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [read, step]);
  return now;
}
