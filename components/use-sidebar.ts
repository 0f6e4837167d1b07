/** The way to the browser's own place beside the page, for a button and a key. Whoever leads there is in its way, and leaves. */
import { useMemo, useState } from 'react';

/** Its key, in the panel and in the popup. */
export const sidebarKey = 'o';

export interface SidebarWay {
  /** `null` where the browser has no such place. */
  readonly open: (() => void) | null;
  /** The browser did not open it. */
  readonly failed: boolean;
}

/** @param leave called when it is open; both must keep their identity. */
export function useSidebar(openSidebar: (() => Promise<boolean>) | null, leave: () => void): SidebarWay {
  const [failed, setFailed] = useState(false);
  const open = useMemo(() => {
    if (openSidebar === null) return null;
    const opening = async (): Promise<void> => {
      const opened = await openSidebar();
      setFailed(!opened);
      if (opened) leave();
    };
    return () => void opening();
  }, [openSidebar, leave]);
  return { open, failed };
}
