/** The organisation's CRMs that the person has not allowed yet, and allowing them by one click. */
import { useEffect, useState } from 'react';
import type { PolicySiteServices } from '../lib/messages/policy-sites';
import { language, t } from '../lib/platform/i18n';
import { listWords } from './words';

export interface PolicySites {
  /** "crm.example.com, crm.example.org and 2 others"; `null` where nothing is to be allowed. */
  readonly names: string | null;
  /** What came of the click, in words; empty where it went well or nothing was clicked. */
  readonly trouble: string;
  readonly busy: boolean;
  readonly allow: () => void;
}

/** Sites that are named; the browser's own question names all of them. */
const named = 3;

function namesOf(patterns: readonly string[]): string | null {
  const hosts = [...new Set(patterns.map((pattern) => pattern.replace(/^https?:\/\//, '').replace(/\/\*$/, '')))];
  if (hosts.length === 0) return null;
  const shown = hosts.slice(0, named);
  const rest = hosts.length - shown.length;
  const words = listWords(shown);
  return rest === 0 ? words : t('procedure_and_more', words, new Intl.NumberFormat(language()).format(rest));
}

/** @param isReady from when on it is asked. */
export function usePolicySites(services: PolicySiteServices, isReady = true): PolicySites {
  const [patterns, setPatterns] = useState<readonly string[]>([]);
  const [state, setState] = useState<'idle' | 'busy' | 'declined' | 'failed'>('idle');
  useEffect(() => {
    if (!isReady) return;
    // Whoever can't be asked has nothing to say here.
    services.policySites().then(
      (sites) => setPatterns(sites.filter(({ granted }) => !granted).map(({ pattern }) => pattern)),
      () => setPatterns([]),
    );
  }, [services, isReady]);
  const settle = async (answer: Promise<boolean>): Promise<void> => {
    setState('busy');
    const outcome = await answer.catch(() => 'failed' as const);
    setState(outcome === 'failed' ? outcome : outcome ? 'idle' : 'declined');
    if (outcome === true) setPatterns([]);
  };
  // The service runs inside the click, before anything is awaited: the browser asks only then.
  const allow = (): void => void settle(services.allowSites(patterns));
  const troubles = { idle: '', busy: '', declined: t('welcome_own_declined'), failed: t('popup_site_failed') };
  return { names: namesOf(patterns), trouble: troubles[state], busy: state === 'busy', allow };
}
