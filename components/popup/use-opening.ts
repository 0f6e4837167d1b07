/** Going to a lead: the one of a row, or the one that is worth most now. The popup closes when it worked, else says why not. */
import { useCallback, useRef, useState } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import { inTime } from '../use-answer';
import type { PopupServices } from './services';

/** Ends of the names of their words. */
export type NotOpened = 'not_opened' | 'no_next' | 'next_failed';

export function useOpening(services: PopupServices) {
  const [trouble, setTrouble] = useState<NotOpened | null>(null);
  const asking = useRef(false);
  const openLead = useCallback(
    (lead: LeadKey) => {
      services.openLead(lead).then(
        (opened) => (opened ? services.close() : setTrouble('not_opened')),
        () => setTrouble('not_opened'),
      );
    },
    [services],
  );
  const openNext = useCallback(() => {
    if (asking.current) return;
    asking.current = true;
    inTime(services.next())
      .then(
        (lead) => (lead === null ? setTrouble('no_next') : openLead(lead)),
        () => setTrouble('next_failed'),
      )
      .finally(() => {
        asking.current = false;
      });
  }, [services, openLead]);
  return { trouble, openLead, openNext };
}
