/** One act at a time: busy while the worker answers, then what came of it. A worker that stays silent is a refusal, too. */
import { useState } from 'react';
import type { AgreementReply } from '../../lib/messages/agreements';
import { inTime } from '../use-answer';

export type Refusal =
  | Extract<AgreementReply, { readonly ok: false }>
  | { readonly ok: false; readonly code: 'no-answer' };

export interface Doing {
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly said: string;
  /** @param done what is said when it went well. */
  readonly run: (job: () => Promise<AgreementReply>, done: string) => void;
}

export function useDoing(onDone: () => void): Doing {
  const [state, setState] = useState<Omit<Doing, 'run'>>({ busy: false, refusal: null, said: '' });
  const run = async (job: () => Promise<AgreementReply>, done: string): Promise<void> => {
    setState({ busy: true, refusal: null, said: '' });
    const reply = await inTime(job()).catch((): Refusal => ({ ok: false, code: 'no-answer' }));
    setState({ busy: false, refusal: reply.ok ? null : reply, said: reply.ok ? done : '' });
    onDone();
  };
  return { ...state, run: (job, done) => void run(job, done) };
}
