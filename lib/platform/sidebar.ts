/**
 * The browser's own place beside a page: Chromium's side panel, Firefox's sidebar. Either opens only while the person's
 * click or key is being handled, so nothing may be awaited before.
 */
import { browser } from 'wxt/browser';

interface Places {
  readonly sidePanel?: { open?(options: { readonly windowId: number }): Promise<void> };
  readonly sidebarAction?: { open?(): Promise<void> };
}

/** Opens it beside the page. @returns `false` where the browser did not. */
export type OpenSidebar = () => Promise<boolean>;

/** `null` where this browser has no such place, or does not let this page open it. */
export function sidebarOpener(): OpenSidebar | null {
  const { sidePanel, sidebarAction } = browser as unknown as Places;
  if (sidebarAction?.open) return () => done(() => sidebarAction.open?.());
  if (!sidePanel?.open) return null;
  let own: number | undefined;
  void ownWindow().then((id) => (own = id));
  return async () => {
    const windowId = own;
    return windowId !== undefined && done(() => sidePanel.open?.({ windowId }));
  };
}

async function ownWindow(): Promise<number | undefined> {
  try {
    return (await browser.windows.getCurrent()).id;
  } catch {
    return undefined;
  }
}

async function done(open: () => Promise<void> | undefined): Promise<boolean> {
  try {
    await open();
    return true;
  } catch {
    return false;
  }
}

/** The tab in front in this window. */
export interface FrontTab {
  readonly tabId: number;
  /** Its page is still on its way. */
  readonly loading: boolean;
}

/**
 * Calls back with the tab in front, now and whenever it is another one or its page is, maybe, another one.
 * @returns how to stop.
 */
export function followFrontTab(changed: (tab: FrontTab | null) => void): () => void {
  const { onActivated, onUpdated, onRemoved } = browser.tabs;
  let tabId: number | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true }).catch(() => []);
    if (stopped) return;
    tabId = tab?.id;
    changed(tabId === undefined ? null : { tabId, loading: tab?.status === 'loading' });
  };
  const again = (): void => void look();
  const updated = (id: number, { status }: { readonly status?: string }): void => {
    if (id === tabId && status !== undefined) changed({ tabId: id, loading: status === 'loading' });
  };
  onActivated.addListener(again);
  onRemoved.addListener(again);
  onUpdated.addListener(updated);
  again();
  return () => {
    stopped = true;
    onActivated.removeListener(again);
    onRemoved.removeListener(again);
    onUpdated.removeListener(updated);
  };
}
