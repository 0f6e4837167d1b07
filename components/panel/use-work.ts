/**
 * Working a lead: which form is open, what is on its way to the worker, what came of it, and what can still be taken back.
 * One thing at a time: while an act is on its way, a second one is not sent.
 *
 *   idle ──act──▶ sending ──done──▶ idle, undo offered ──u──▶ sending ──▶ idle
 *                    └──refused · no answer──▶ idle, trouble said
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import type { Act, ActRefusal, PanelWork } from '../../lib/messages/acts';
import { language, t } from '../../lib/platform/i18n';
import { inTime } from '../use-answer';
import { useAsking } from '../use-asking';
import { refusalWords } from './actions';
import { actWords, factWords } from './fact-words';
import type { WorkServices } from './services';

/** From here on the waiting is said. */
const slowMs = 200;

/** A note may be of 2,000 characters; what was done is recognised by its beginning. */
const shortLength = 120;
const inShort = (words: string): string =>
  words.length > shortLength ? `${words.slice(0, shortLength - 1).trimEnd()}…` : words;

export interface Undoable {
  readonly facts: readonly string[];
  /** What was done, as a sentence. */
  readonly words: string;
  /** Epoch ms. */
  readonly until: number;
}

interface Trouble {
  /** As a sentence. */
  readonly words: string;
  /** The lead may be another one than the panel shows, so it is asked for again. */
  readonly mayBeOld?: boolean;
}

/** Of these the lead is no reason, and asking again could only take away what stands half-written in a form. */
const notOfTheLead: ReadonlySet<ActRefusal> = new Set(['ledger-unavailable', 'ledger-full', 'not-allowed']);

const refusedAs = (code: ActRefusal, work: PanelWork, successor?: string): Trouble => ({
  words: refusalWords(code, work, successor),
  mayBeOld: !notOfTheLead.has(code),
});

export interface WorkState {
  readonly busy: boolean;
  readonly slow: boolean;
  readonly trouble: string | null;
  readonly undoable: Undoable | null;
  /** What a screen reader is told; `turn` tells the same words twice. */
  readonly said: { readonly words: string; readonly turn: number };
}

export interface WorkOptions {
  readonly services: WorkServices;
  readonly lead: LeadKey;
  readonly work: PanelWork;
  /** Asks the worker for the lead as it is now. */
  readonly again: () => void;
  /** Something was done: the form can close. */
  readonly onDone: () => void;
}

const still: WorkState = { busy: false, slow: false, trouble: null, undoable: null, said: { words: '', turn: 0 } };

/** What was done here, or before this was opened, or in another place. */
function useUndoable(own: Undoable | null, { undoable, reasons, parties }: PanelWork, now: () => number) {
  const [gone, setGone] = useState<string | null>(null);
  const offered = useMemo((): Undoable | null => {
    if (undoable === null || (own !== null && own.until >= undoable.until)) return own;
    const { fact, until } = undoable;
    const words = inShort(factWords(fact, { reasons, sides: parties, now: now() }));
    return { facts: [fact.id], words, until };
  }, [own, undoable, reasons, parties, now]);
  const id = offered?.facts[0] ?? null;
  const until = offered?.until ?? 0;
  const isGone = id === null || id === gone;
  useEffect(() => {
    if (isGone) return undefined;
    const timer = setTimeout(() => setGone(id), Math.max(0, until - now()));
    return () => clearTimeout(timer);
  }, [id, isGone, until, now]);
  return { undoable: isGone ? null : offered, setGone };
}

export function useWork(options: WorkOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const [state, setState] = useState(still);
  const sending = useRef(false);
  const change = useCallback((part: Partial<WorkState>) => setState((before) => ({ ...before, ...part })), []);
  const say = useCallback(
    (words: string) => setState((before) => ({ ...before, said: { words, turn: before.said.turn + 1 } })),
    [],
  );

  /** Runs one question to its end; `task` returns the trouble, or `null`. */
  const run = useCallback(
    async (task: () => Promise<Trouble | null>): Promise<void> => {
      if (sending.current) return;
      sending.current = true;
      change({ busy: true, trouble: null });
      const timer = setTimeout(() => change({ slow: true }), slowMs);
      let trouble: Trouble | null;
      try {
        trouble = await task();
      } catch {
        trouble = { words: t('refused_no_answer') };
      }
      clearTimeout(timer);
      sending.current = false;
      change({ busy: false, slow: false, trouble: trouble?.words ?? null });
      if (trouble === null || trouble.mayBeOld) latest.current.again();
    },
    [change],
  );

  const { undoable, setGone } = useUndoable(state.undoable, options.work, options.services.now);

  const { askedAt, heard } = useAsking();
  const act = useCallback(
    (what: Act) =>
      run(async () => {
        const { services, lead, work, onDone } = latest.current;
        const reply = await inTime(services.act({ leads: [lead], act: what, askedAt: askedAt(what, services.now()) }));
        heard();
        const refused = reply.ok ? reply.refused[lead] : reply.code;
        if (refused !== undefined) return refusedAs(refused, work, reply.ok ? undefined : reply.successor);
        if (!reply.ok) return null;
        const words = inShort(actWords(what, { reasons: work.reasons, sides: work.parties, now: services.now() }));
        change({ undoable: { facts: reply.facts, words, until: reply.undoUntil } });
        say(t('act_done', words));
        services.signal({ relevo: 'acted' });
        onDone();
        return null;
      }),
    [run, change, say, askedAt, heard],
  );

  const undo = useCallback(() => {
    if (undoable === null) return;
    void run(async () => {
      const { services, lead, work } = latest.current;
      const what = { do: 'undo', facts: undoable.facts } as const;
      const reply = await inTime(services.act({ leads: [lead], act: what, askedAt: askedAt(what, services.now()) }));
      heard();
      if (!reply.ok) return refusedAs(reply.code, work);
      // Until the worker is heard again its answer still names it.
      setGone(undoable.facts[0] ?? null);
      change({ undoable: null });
      say(t('act_undone', undoable.words));
      services.signal({ relevo: 'acted' });
      return null;
    });
  }, [undoable, setGone, run, change, say, askedAt, heard]);

  const snooze = useCallback(
    (until: number | null) =>
      run(async () => {
        const { services, lead, onDone } = latest.current;
        if (!(await inTime(services.snooze([lead], until)))) return { words: t('act_not_kept') };
        say(until === null ? t('act_woken') : t('act_snoozed', formatInstant(until, services.now(), language())));
        onDone();
        return null;
      }),
    [run, say],
  );

  const introduce = useCallback(
    (person: Parameters<WorkServices['introduce']>[0]) =>
      run(async () => {
        const { services, onDone } = latest.current;
        if (!(await inTime(services.introduce(person)))) return { words: t('act_not_kept') };
        say(t('act_side_kept'));
        onDone();
        return null;
      }),
    [run, say],
  );

  const copy = useCallback(
    async (text: string): Promise<boolean> => {
      const copied = await latest.current.services.copy(text).catch(() => false);
      change({ trouble: null });
      if (copied) say(t('act_copied'));
      return copied;
    },
    [change, say],
  );

  const refuse = useCallback((trouble: string | null) => change({ trouble }), [change]);
  return { ...state, undoable, act, undo, snooze, introduce, copy, refuse };
}
