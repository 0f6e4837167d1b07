/** Gathers the leads once, again when asked, and stops when the person says so or leaves. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { gather, type Gathered } from './gather';
import type { ReportServices } from './services';

export type Reading =
  | { readonly state: 'reading'; readonly leads: number; readonly of: number | null }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed' }
  | { readonly state: 'ready'; readonly gathered: Gathered };

export interface ReportState {
  readonly reading: Reading;
  readonly stop: () => void;
  readonly again: () => void;
}

/** Frames come after the work of React; where none come, the page is not looked at. */
const afterPaint = (job: () => void): void => {
  requestAnimationFrame(() => setTimeout(job));
};

const begun: Reading = { state: 'reading', leads: 0, of: null };

export function useReport(services: ReportServices): ReportState {
  const [reading, setReading] = useState<Reading>(begun);
  const [attempt, setAttempt] = useState(0);
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    const control = new AbortController();
    running.current = control;
    const settle = (next: Reading): void => {
      if (!control.signal.aborted) setReading(next);
    };
    gather(services, {
      signal: control.signal,
      onProgress: (leads, of) => settle({ state: 'reading', leads, of }),
    }).then(
      (gathered) => {
        settle({ state: 'ready', gathered });
        // Figures first. What can't be kept is computed anew the next time.
        return afterPaint(() => void gathered.keep(control.signal).catch(() => {}));
      },
      () => settle({ state: 'failed' }),
    );
    return () => control.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another attempt is another reading of the same
  }, [services, attempt]);
  const again = useCallback(() => {
    running.current?.abort();
    setReading(begun);
    setAttempt((before) => before + 1);
  }, []);
  const stop = useCallback(() => {
    running.current?.abort();
    setReading({ state: 'stopped' });
  }, []);
  return { reading, stop, again };
}
