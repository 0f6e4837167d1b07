/**
 * One act on all selected leads: what is on its way, how it went for each, and what can still be taken back. The leads are
 * those that the worker last named for our token; one that is no longer selected by then is refused there.
 *
 *   selected ──act──▶ sending ─┬─ some took it ──▶ nothing selected, outcome said, undo offered ──10 s──▶ close
 *                              └─ none · no answer ──▶ selected, trouble said
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import type { Act, ActRefusal, ActReply, WorkReply } from '../../lib/messages/acts';
import { t } from '../../lib/platform/i18n';
import { inTime } from '../use-answer';
import { useAsking } from '../use-asking';
import type { BulkServices } from './services';

export type BulkAct = Extract<Act, { readonly do: 'accept' | 'reject' | 'recycle' | 'flag' }>;

/** How many leads did not take it, by why. */
export type Refusals = readonly (readonly [code: ActRefusal, count: number])[];

interface Undo {
  /** Those that took it. */
  readonly leads: readonly LeadKey[];
  readonly facts: readonly string[];
  readonly until: number;
}

export interface Outcome {
  readonly did: BulkAct['do'] | 'undo';
  readonly count: number;
  readonly refusals: Refusals;
  /** What can be taken back, until when (epoch ms); `null`: nothing any more. */
  readonly undo: Undo | null;
}

export interface BulkState {
  readonly work: Extract<WorkReply, { readonly ok: true }> | null;
  readonly busy: boolean;
  readonly outcome: Outcome | null;
  /** Why nothing was done, as a sentence. */
  readonly trouble: string | null;
}

/** How long the last word stays where there is nothing to undo, ms. */
const lastWordMs = 4_000;

export const refusalSentence = (code: ActRefusal): string => t(`refused_${code.replaceAll('-', '_')}`);

function counted(codes: readonly ActRefusal[]): Refusals {
  const counts = new Map<ActRefusal, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}

function outcomeOf(
  did: Outcome['did'],
  { facts, refused }: Extract<ActReply, { readonly ok: true }>,
  undo: Outcome['undo'],
): Outcome {
  return { did, count: facts.length, refusals: counted(Object.values(refused)), undo };
}

export function useBulk(services: BulkServices) {
  const [state, setState] = useState<BulkState>({ work: null, busy: false, outcome: null, trouble: null });
  const change = useCallback((part: Partial<BulkState>) => setState((before) => ({ ...before, ...part })), []);
  const sending = useRef(false);
  const turn = useRef(0);

  const look = useCallback(() => {
    const mine = (turn.current += 1);
    const take = (reply: WorkReply | null): void => {
      if (mine !== turn.current) return;
      if (reply?.ok) change({ work: reply, trouble: null });
      else change({ trouble: reply ? refusalSentence(reply.code) : t('refused_no_answer') });
    };
    inTime(services.work()).then(take, () => take(null));
  }, [services, change]);
  useEffect(() => {
    look();
    return services.onLook(look);
  }, [look, services]);

  const { outcome, busy, trouble } = state;
  useEffect(() => {
    // What is being taken back is taken back to the end.
    if (outcome === null || busy) return undefined;
    const left = outcome.undo ? outcome.undo.until - services.now() : lastWordMs;
    const wait = Math.max(left, trouble === null ? 0 : lastWordMs);
    const timer = setTimeout(() => services.signal({ relevo: 'close' }), wait);
    return () => clearTimeout(timer);
  }, [outcome, busy, trouble, services]);

  /** Runs one question to its end. */
  const run = useCallback(
    async (task: () => Promise<Partial<BulkState>>): Promise<void> => {
      if (sending.current) return;
      sending.current = true;
      change({ busy: true, trouble: null });
      const result = await task().catch((): Partial<BulkState> => ({ trouble: t('refused_no_answer') }));
      sending.current = false;
      change({ ...result, busy: false });
    },
    [change],
  );

  const { askedAt, heard } = useAsking();
  /** One question about all of them, so that all are judged by the same instant. */
  const ask = useCallback(
    async (those: readonly LeadKey[], what: Act): Promise<ActReply> => {
      const reply = await inTime(services.act({ leads: those, act: what, askedAt: askedAt(what, services.now()) }));
      heard();
      return reply;
    },
    [services, askedAt, heard],
  );

  const leads = state.work?.leads;
  const act = useCallback(
    (what: BulkAct) =>
      run(async () => {
        if (!leads || leads.length === 0) return {};
        const reply = await ask(leads, what);
        if (!reply.ok) return { trouble: refusalSentence(reply.code) };
        services.signal({ relevo: 'acted' });
        const took = leads.filter((lead) => !Object.hasOwn(reply.refused, lead));
        return { outcome: outcomeOf(what.do, reply, { leads: took, facts: reply.facts, until: reply.undoUntil }) };
      }),
    [run, ask, leads, services],
  );

  const undo = useCallback(() => {
    const done = outcome?.undo;
    if (!done) return;
    void run(async () => {
      const reply = await ask(done.leads, { do: 'undo', facts: done.facts });
      if (!reply.ok) return { trouble: refusalSentence(reply.code) };
      services.signal({ relevo: 'undone' });
      return { outcome: outcomeOf('undo', reply, null) };
    });
  }, [outcome, run, ask, services]);

  return { ...state, act, undo };
}
