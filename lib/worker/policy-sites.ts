/**
 * The CRMs that an organisation names in its policy. No policy of a browser grants an optional host permission by itself, so
 * what is not granted yet is for the person to allow by a click; what is granted already runs.
 */
import { browser } from 'wxt/browser';
import { covers } from '../crm/match-pattern';
import type { PolicySite } from '../messages/sites';
import { readPolicy } from '../settings/policy';
import { readTeamSite } from '../settings/team-site';
import { shipped } from './sites';

/** Both schemes are optional permissions of their own, and Chromium gives no pattern that needs the two of them. */
const bothSchemes = (pattern: string): string[] =>
  pattern.startsWith('*:') ? [`https${pattern.slice(1)}`, `http${pattern.slice(1)}`] : [pattern];

/** A pattern of ours covers its host; a wildcard in it is part of the host then. */
function isShipped(pattern: string): boolean {
  if (shipped.includes(pattern)) return true;
  const url = pattern.includes('*.') ? null : new URL(pattern.replace(/\*$/, ''));
  return url !== null && shipped.some((one) => covers(one, url));
}

export async function policySites(): Promise<PolicySite[]> {
  const [{ origins }, team] = await Promise.all([readPolicy(), readTeamSite()]);
  const patterns = [...new Set(origins.flatMap(bothSchemes))];
  return Promise.all(
    patterns.map(async (pattern) => ({
      pattern,
      granted:
        isShipped(pattern) ||
        // A site that was allowed for the team's address alone does not have our script.
        (pattern !== team && (await browser.permissions.contains({ origins: [pattern] }).catch(() => false))),
    })),
  );
}
