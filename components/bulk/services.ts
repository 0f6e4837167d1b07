/** What the bar and the touch offer need from the worker and from the page around them. */
import type { ActReply, ActRequest, WorkReply } from '../../lib/messages/acts';
import type { PanelSignal } from '../../lib/messages/panel';

export interface BulkServices {
  readonly work: () => Promise<WorkReply>;
  readonly act: (request: ActRequest) => Promise<ActReply>;
  readonly signal: (signal: PanelSignal) => void;
  /** Calls when other leads are selected. @returns what ends it. */
  readonly onLook: (look: () => void) => () => void;
  readonly now: () => number;
}

export type OfferedChannel = 'call' | 'email';
