/**
 * Silencing reminders of one lead or of several, waking them, and taking it back. No clock is touched by any of it.
 *
 *   still ──s──▶ menu ──moment──▶ sending ──kept──▶ said, undo offered for 10 s ──▶ still
 *                 └──Escape──▶ still   └──not kept──▶ trouble said
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import { undoMs } from '../../lib/messages/acts';
import { language, plural, t } from '../../lib/platform/i18n';
import { inTime } from '../use-answer';
import { focusRow, rowBeside } from './rows';
import type { PopupServices } from './services';

export interface SnoozeState {
  /** The leads that the open menu is about. */
  readonly menu: readonly LeadKey[] | null;
  readonly busy: boolean;
  readonly trouble: string | null;
  /** What was done, as a sentence. */
  readonly said: string | null;
  /** Leads that can be woken again at once. */
  readonly undo: readonly LeadKey[] | null;
}

export interface SnoozeControl extends SnoozeState {
  readonly choose: (leads: readonly LeadKey[]) => void;
  /** Closes the menu, back to where the focus was. */
  readonly cancel: () => void;
  /** Closes the menu; the focus is elsewhere already. */
  readonly leave: () => void;
  /** @param until epoch ms */
  readonly snooze: (until: number) => void;
  readonly wake: (leads: readonly LeadKey[]) => void;
}

const still: SnoozeState = { menu: null, busy: false, trouble: null, said: null, undo: null };

/** @param onDone asks for the lists anew and ends the selection. */
export function useSnooze(services: PopupServices, onDone: () => void): SnoozeControl {
  const [state, setState] = useState(still);
  const sending = useRef(false);
  /** What had the focus before the menu. */
  const back = useRef<Element | null>(null);
  /** The row to go on with. */
  const beside = useRef<LeadKey | null>(null);

  const choose = useCallback((leads: readonly LeadKey[]) => {
    if (leads.length === 0 || sending.current) return;
    back.current = document.activeElement;
    beside.current = rowBeside(document, leads);
    setState({ ...still, menu: leads });
  }, []);
  const leave = useCallback(() => setState((before) => ({ ...before, menu: null })), []);
  const cancel = useCallback(() => {
    leave();
    if (back.current instanceof HTMLElement && back.current.isConnected) back.current.focus();
  }, [leave]);

  const send = useCallback(
    async (leads: readonly LeadKey[], until: number | null): Promise<void> => {
      if (sending.current) return;
      sending.current = true;
      setState({ ...still, busy: true });
      const kept = await inTime(services.snooze(leads, until)).catch(() => false);
      sending.current = false;
      if (!kept) {
        setState({ ...still, trouble: t('popup_snooze_failed') });
        return;
      }
      const words =
        until === null
          ? plural('popup_woken', leads.length)
          : plural('popup_snooze_done', leads.length, formatInstant(until, services.now(), language()));
      setState({ ...still, said: words, undo: until === null ? null : leads });
      onDone();
    },
    [services, onDone],
  );

  const { menu, said } = state;
  const snooze = useCallback(
    (until: number) => {
      if (menu === null) return;
      // Before the rows leave, so that the focus is not lost with them.
      if (beside.current === null || !focusRow(document, beside.current)) cancel();
      void send(menu, until);
    },
    [menu, send, cancel],
  );
  const wake = useCallback(
    (leads: readonly LeadKey[]) => {
      const next = rowBeside(document, leads);
      if (next !== null) focusRow(document, next);
      void send(leads, null);
    },
    [send],
  );

  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setState((before) => (before.said === said ? still : before)), undoMs);
    return () => clearTimeout(timer);
  }, [said]);
  return { ...state, choose, cancel, leave, snooze, wake };
}
