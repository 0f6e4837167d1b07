/** Visits without leads, where there always were some, that are worth a word. */
export const emptyRunAtLeast = 5;

/** Words for ids of the contracts, from the catalogue. A catalogue test keeps every id said. */
import type { CommitmentId } from '../lib/agreement/schema';
import type { Clock, ClockState } from '../lib/clock/types';
import type { Party } from '../lib/lead/facts';
import type { PageChange } from '../lib/messages/page-health';
import type { ProblemCode } from '../lib/messages/problems';
import { language, t } from '../lib/platform/i18n';

const key = (prefix: string, id: string): string => `${prefix}_${id.replaceAll('-', '_')}`;

export const stateWords = (state: ClockState): string => t(key('state', state));
const commitmentWords = (id: CommitmentId): string => t(key('commitment', id));
export const partyWords = (party: Party): string => t(key('party', party));
export const problemWords = (code: ProblemCode): string => t(key('problem', code));

/** "First touch", or "First touch (new owner)" for the clock that a new owner gets. */
export function promiseName(clock: Pick<Clock, 'commitment' | 'subject'>): string {
  const name = commitmentWords(clock.commitment);
  return clock.subject === 'owner' ? t('explain_new_owner', name) : name;
}

/** "First touch · clause 3.2". */
export function promiseWords(clock: Pick<Clock, 'commitment' | 'subject' | 'clause'>): string {
  const name = promiseName(clock);
  return clock.clause === null ? name : `${name} · ${t('explain_clause', clock.clause)}`;
}

/** "First touch · 3.2", where there is no room to say that it is a clause. */
export function promiseShort(clock: Pick<Clock, 'commitment' | 'subject' | 'clause'>): string {
  const name = promiseName(clock);
  return clock.clause === null ? name : `${name} · ${clock.clause}`;
}

/** Words for an id that may be unknown to this version, with a fallback. */
export function wordsOr(prefix: string, id: string, fallback: string): string {
  const name = key(prefix, id);
  const words = t(name);
  return words === name ? fallback : words;
}

/** "a, b, c" as the language writes it. */
export function listWords(words: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'unit', style: 'short' }).format(words);
}

/** What a CRM changed: a field by its word, a selector by our name for it. */
export function changeName({ kind, name }: PageChange): string {
  if (kind === 'selector') return `“${name}”`;
  return kind === 'rows' ? t('popup_field_recordId') : wordsOr('popup_field', name, name);
}
