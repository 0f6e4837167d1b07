/**
 * A dry run, stretch by stretch, so that it shows how far it is and can be stopped between two leads. The worker does it and
 * forgets it; what is not finished when the page goes away is gone, and nothing was written.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TrialOf, TrialRefusal, TrialReply } from '../../lib/messages/agreements';
import type { ProcedureServices } from './services';

export type TrialDone = Extract<TrialReply, { readonly state: 'done' }>;

export type TrialState =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly done: number; readonly total: number | null }
  | { readonly is: 'done'; readonly of: TrialOf; readonly trial: TrialDone }
  | { readonly is: 'stopped' }
  | { readonly is: 'refused'; readonly code: TrialRefusal | 'gone' | 'no-answer' };

export interface Trial {
  readonly state: TrialState;
  readonly start: (of: TrialOf) => void;
  readonly stop: () => void;
  readonly forget: () => void;
}

export function useTrial(services: ProcedureServices): Trial {
  const [state, setState] = useState<TrialState>({ is: 'idle' });
  const turn = useRef(0);
  const run = useRef<string | null>(null);

  const letGo = useCallback((): void => {
    turn.current += 1;
    // Whether the worker hears it or not: it forgets what nobody asks for.
    if (run.current !== null) void services.cancelDryRun({ run: run.current }).catch(() => {});
    run.current = null;
  }, [services]);
  useEffect(() => letGo, [letGo]);

  const work = async (of: TrialOf): Promise<void> => {
    letGo();
    const mine = turn.current;
    setState({ is: 'running', done: 0, total: null });
    const ask = (given?: string): Promise<TrialReply | null> =>
      services.dryRun(given === undefined ? { of } : { of, run: given }).catch(() => null);
    let reply = await ask();
    while (mine === turn.current && reply?.state === 'running') {
      run.current = reply.run;
      setState({ is: 'running', done: reply.done, total: reply.total });
      reply = await ask(reply.run);
    }
    if (mine !== turn.current) return;
    if (reply?.state === 'done') {
      run.current = reply.run;
      setState({ is: 'done', of, trial: reply });
    } else
      setState({ is: 'refused', code: reply === null ? 'no-answer' : reply.state === 'refused' ? reply.code : 'gone' });
  };

  return {
    state,
    start: (of) => void work(of),
    stop: () => {
      letGo();
      setState({ is: 'stopped' });
    },
    forget: () => {
      letGo();
      setState({ is: 'idle' });
    },
  };
}
