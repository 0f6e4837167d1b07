/**
 * JSON that does not parse yet. It can't be the draft, so it is kept with the tab: a reload brings it back. Where the tab has no room for
 * it, the browser asks before the page goes.
 */
import { useCallback, useEffect, useState } from 'react';
import { fieldsOf } from '../../lib/agreement/editing';

function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @returns whether it is safe. */
function keep(key: string, text: string | null): boolean {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
    return true;
  } catch {
    return text === null;
  }
}

/** @param draft as the editor was opened with it: a text of another agreement, or of another version, is none of its own. */
export function useUnread(draft: unknown): readonly [text: string | null, set: (text: string | null) => void] {
  const { id, version } = fieldsOf(draft);
  const key = `unread ${JSON.stringify([id, version])}`;
  const [text, setText] = useState(() => kept(key));
  const [isSafe, setSafe] = useState(true);
  const set = useCallback(
    (next: string | null): void => {
      setText(next);
      setSafe(keep(key, next));
    },
    [key],
  );
  useEffect(() => {
    if (isSafe) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isSafe]);
  return [text, set];
}
