/** What the sidebar needs from the worker and from the browser. */
import type { SidebarReply } from '../../lib/messages/panel';
import type { FrontTab } from '../../lib/platform/sidebar';
import type { PanelServices, WorkServices } from '../panel/services';

export interface SidebarServices extends WorkServices, Pick<PanelServices, 'onLook'> {
  /** The lead on hand in a tab. */
  readonly lead: (tabId: number) => Promise<SidebarReply>;
  /**
   * Calls back with the tab in front, now and whenever it is another one or its page may be; `null`: there is none.
   * @returns how to stop.
   */
  readonly onTab: (changed: (tab: FrontTab | null) => void) => () => void;
}
