/** What the panel needs from the worker, from the browser, and from the page around it. */
import type { Party } from '../../lib/lead/facts';
import type { LeadKey } from '../../lib/lead/lead';
import type { ActReply, ActRequest } from '../../lib/messages/acts';
import type { PanelReply, PanelSignal } from '../../lib/messages/panel';

/** What a lead is worked with, wherever it is shown. */
export interface WorkServices {
  readonly act: (request: ActRequest) => Promise<ActReply>;
  /**
   * Silences this person's reminders, never a clock.
   * @param until epoch ms; `null` wakes them.
   * @returns `false` where it could not be kept.
   */
  readonly snooze: (leads: readonly LeadKey[], until: number | null) => Promise<boolean>;
  /** Has a lead recorded again that was erased. @returns `false` where that could not be kept. */
  readonly recordAgain: (lead: LeadKey) => Promise<boolean>;
  /** Who this person is: for which side they speak, by which name. @returns `false` where it could not be kept. */
  readonly introduce: (person: { readonly side?: Party; readonly name?: string }) => Promise<boolean>;
  /** Text to the clipboard. @returns `false` where the browser refused. */
  readonly copy: (text: string) => Promise<boolean>;
  readonly signal: (signal: PanelSignal) => void;
  readonly now: () => number;
}

export interface PanelServices extends WorkServices {
  readonly panel: () => Promise<PanelReply>;
  /** Calls back when what is shown may be old. @returns how to stop. */
  readonly onLook: (again: () => void) => () => void;
  /**
   * Shows the lead on hand in the browser's own place beside the page; `null` where it has none. Called inside the click or
   * key. `false`: the browser did not.
   */
  readonly openSidebar: (() => Promise<boolean>) | null;
}
