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

export function useReport(services: ReportServices): ReportState {
  const [reading, setReading] = useState<Reading>({ state: 'reading', leads: 0, of: null });
  const running = useRef<AbortController | null>(null);
  const again = useCallback(() => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setReading({ state: 'reading', leads: 0, of: null });
    gather(services, {
      signal: control.signal,
      onProgress: (leads, of) => {
        if (!control.signal.aborted) setReading({ state: 'reading', leads, of });
      },
    }).then(
      (gathered) => {
        if (!control.signal.aborted) setReading({ state: 'ready', gathered });
      },
      () => {
        if (!control.signal.aborted) setReading({ state: 'failed' });
      },
    );
  }, [services]);
  const stop = useCallback(() => {
    running.current?.abort();
    setReading({ state: 'stopped' });
  }, []);
  useEffect(() => {
    again();
    return () => running.current?.abort();
  }, [again]);
  return { reading, stop, again };
}
