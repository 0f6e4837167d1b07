/** The sidebar's browser: the tab in front beside it, and the worker. */
import type { SidebarServices } from '../../components/sidebar/services';
import { askWorker } from '../../lib/messages/client';
import { onLook } from '../../lib/messages/looks';
import { followFrontTab } from '../../lib/platform/sidebar';
import { workServices } from '../panel/work-services';

export function createSidebarServices(): SidebarServices {
  return {
    ...workServices,
    lead: (tabId) => askWorker('sidebar', { tabId }),
    // Nobody is around it; pages hear of acts from the worker.
    signal: () => {},
    onLook,
    onTab: followFrontTab,
  };
}
