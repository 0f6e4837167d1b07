/** The state of the site in this tab, and switching it on and off. */
import { useCallback, useEffect, useState } from 'react';
import type { SiteState } from '../../lib/messages/sites';
import { useAnswer } from '../use-answer';
import type { PopupServices, Site } from './services';
import type { SiteTrouble } from './site-line';

/** A page that was just switched on reports within a second or two; then we stop asking and leave the words standing. */
const waitingMs = 1_000;
const waitingTurns = 10;

export interface SiteControl {
  readonly site: SiteState | null;
  readonly trouble: SiteTrouble | null;
  readonly busy: boolean;
  readonly turnOn: (site: Site) => void;
  readonly turnOff: (site: Site) => void;
  readonly again: () => void;
}

export function useSite(services: PopupServices): SiteControl {
  const ask = useCallback(() => services.site(), [services]);
  const { answer: site, again } = useAnswer(ask);
  const [trouble, setTrouble] = useState<SiteTrouble | null>(null);
  const [busy, setBusy] = useState(false);
  const [turns, setTurns] = useState(0);

  // What the page before it in this tab said stands until this one speaks: that it is no CRM is asked again, too.
  const isKnown = site?.kind !== 'on' || (site.health !== null && site.health.adapter !== null);
  const waiting = !isKnown && turns < waitingTurns;
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => {
      setTurns(turns + 1);
      again();
    }, waitingMs);
    return () => clearTimeout(timer);
  }, [waiting, turns, again]);

  const change = async (work: Promise<boolean>, refused: SiteTrouble): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    setTurns(0);
    try {
      if (!(await work)) setTrouble(refused);
    } catch {
      setTrouble('failed');
    }
    setBusy(false);
    again();
  };
  return {
    site,
    trouble,
    busy,
    again,
    // The service runs inside the click, before anything is awaited: the browser asks only then.
    turnOn: (target) => void change(services.turnOn(target), 'declined'),
    turnOff: (target) => void change(services.turnOff(target), 'kept'),
  };
}
