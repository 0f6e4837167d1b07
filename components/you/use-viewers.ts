/** Who CRM pages say is signed in. They say it when they are open, so it is asked again when the person comes back from one. */
import { useCallback, useEffect, useRef } from 'react';
import type { KnownViewer } from '../../lib/messages/sites';
import { useAnswer, useFreshness } from '../use-answer';
import type { YouServices } from './services';

const none: readonly KnownViewer[] = [];

/** A page that was open already says it once it was allowed and read, which takes it about a second; a slow CRM some more. In ms. */
const soon = [1_000, 3_000, 6_000] as const;

export interface Viewers {
  readonly viewers: readonly KnownViewer[];
  /** A CRM was allowed: its open pages will tell soon. */
  readonly expect: () => void;
}

export function useViewers(services: Pick<YouServices, 'viewers'>): Viewers {
  const ask = useCallback(() => services.viewers({}), [services]);
  const { answer, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  const timers = useRef<readonly ReturnType<typeof setTimeout>[]>([]);
  const stop = useCallback(() => timers.current.forEach(clearTimeout), []);
  useEffect(() => stop, [stop]);
  const expect = useCallback(() => {
    stop();
    timers.current = soon.map((ms) => setTimeout(again, ms));
  }, [again, stop]);
  return { viewers: answer ?? none, expect };
}
