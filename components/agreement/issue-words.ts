/** What is wrong with a draft and what to write instead, in the reader's language. The codes are those of `lib/agreement`. */
import type { Issue } from '../../lib/agreement/integrity';
import { language, t } from '../../lib/platform/i18n';
import { wordsOr } from '../words';

/** The blanks of each sentence, in their order. A code that is not here has none. */
const blanks: Readonly<Record<string, readonly string[]>> = {
  'commitment-twice': ['id'],
  'rule-after-unconditional': ['rule', 'before'],
  'rule-unreachable': ['rule', 'before'],
  'no-such-calendar': ['calendar', 'known'],
  'no-such-aim': ['aim', 'known'],
  'no-such-stage': ['stage', 'known'],
  'no-such-reason': ['reason', 'known'],
  'no-such-promise': ['promise', 'known'],
  'no-such-measure': ['measure', 'known'],
  'id-twice': ['id'],
  'clause-twice': ['number'],
  'member-twice': ['name'],
  'member-in-two-teams': ['name', 'team'],
  'successor-retired': ['reason'],
  'target-longer-than-review': ['days'],
  'percent-over-100': ['value'],
  'reason-in-use': ['reason'],
  'too-many': ['max'],
  'unknown-key': ['keys'],
  'not-one-of': ['values'],
};

const number = (value: string | number | undefined): string =>
  typeof value === 'number' ? new Intl.NumberFormat(language()).format(value) : (value ?? '');

/** A text has characters, a list entries, a number is a number: the bound is said of each in its own way. */
function boundWords({ code, params }: Issue): string {
  const of = params['of'] === 'string' ? 'text' : params['of'] === 'array' ? 'list' : 'number';
  const bound = params[code === 'too-much' ? 'max' : 'min'];
  if (code === 'too-little' && of === 'text') return t('agreement_issue_empty');
  return t(`agreement_issue_${code.replace('-', '_')}_${of}`, number(bound));
}

export function issueWords(issue: Issue): string {
  const { code, params } = issue;
  if (code === 'too-much' || code === 'too-little') return boundWords(issue);
  if (code === 'wrong-type') return t('agreement_issue_wrong_type');
  if (code === 'wrong-format')
    return wordsOr('agreement_issue_format', String(params['format']), t('agreement_issue_wrong'));
  const values = (blanks[code] ?? []).map((name) => number(params[name]));
  const key = `agreement_issue_${code.replaceAll('-', '_')}`;
  const words = t(key, ...values);
  // A code of a newer library has no sentence here; its own English one is better than none.
  return words === key ? issue.message : words;
}
