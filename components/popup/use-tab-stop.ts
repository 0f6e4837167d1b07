/** One stop of Tab in a list: the row that had the focus last, else the first one. */
import { useState } from 'react';

export function useTabStop(ids: readonly string[]) {
  const [last, setLast] = useState<string | null>(null);
  const id = last !== null && ids.includes(last) ? last : ids[0];
  return { id, onFocus: setLast };
}
