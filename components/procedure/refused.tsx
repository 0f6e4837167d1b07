/** Why the worker did not do it: what is so, and what to do; with the issues of the draft where those are the reason. */
import { t } from '../../lib/platform/i18n';
import { issueWords } from '../agreement/issue-words';
import { Wrong } from '../ui/part';
import { partyWords } from '../words';
import type { Refusal } from './use-doing';

export function Refused({ refusal }: { readonly refusal: Refusal | null }) {
  if (!refusal) return null;
  const party = 'party' in refusal && refusal.party ? partyWords(refusal.party) : '';
  const issues = 'issues' in refusal ? (refusal.issues ?? []) : [];
  return (
    <Wrong>
      <p>{t(`procedure_refused_${refusal.code.replaceAll('-', '_')}`, party)}</p>
      {issues.length > 0 && <Issues issues={issues} />}
    </Wrong>
  );
}

type Found = Parameters<typeof issueWords>[0];

/** `services.commitments[0].rules`, as an editor finds it. */
export const pathWords = (path: Found['path']): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

export function Issues({ issues }: { readonly issues: readonly Found[] }) {
  return (
    <ul>
      {issues.slice(0, 20).map((issue) => (
        <li key={`${pathWords(issue.path)}|${issue.code}|${issue.message}`}>
          {issue.path.length > 0 && (
            <>
              <code>{pathWords(issue.path)}</code>
              {': '}
            </>
          )}
          {issueWords(issue)}
        </li>
      ))}
      {issues.length > 20 && <li>{t('procedure_more_issues', String(issues.length - 20))}</li>}
    </ul>
  );
}
