/**
 * The CRMs that an organisation names in its policy. No policy of a browser grants an optional host permission by itself, so
 * what is not granted yet is for the person to allow by a click; what is granted already runs.
 */
import { browser } from 'wxt/browser';
import type { PolicyOrigin } from '../messages/agreements';

export function policyOrigins(patterns: readonly string[]): Promise<PolicyOrigin[]> {
  return Promise.all(
    patterns.map(async (pattern) => ({
      pattern,
      granted: await browser.permissions.contains({ origins: [pattern] }).catch(() => false),
    })),
  );
}
