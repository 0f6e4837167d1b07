/** What the panel needs from the worker and from the page around it. */
import type { PanelReply, PanelSignal } from '../../lib/messages/contract';

export interface PanelServices {
  readonly panel: () => Promise<PanelReply>;
  readonly signal: (signal: PanelSignal) => void;
  readonly now: () => number;
}
