/** "Agreement v4 takes effect Mon 09:00." Apart from the banner, because the popup says it, too, and must stay small. */
import { formatInstant } from '../../lib/clock';
import type { AgreementState } from '../../lib/messages/agreements';
import { language, t } from '../../lib/platform/i18n';

export type Unread = AgreementState['toAcknowledge'][number];

export function unreadWords({ version: given, effectiveFrom }: Unread, now: number): string {
  const version = new Intl.NumberFormat(language()).format(given);
  const at = effectiveFrom === undefined ? Number.NaN : Date.parse(effectiveFrom);
  if (Number.isNaN(at)) return t('procedure_unread_in_force', version);
  const from = formatInstant(at, now, language());
  return t(at > now ? 'procedure_unread_coming' : 'procedure_unread_since', version, from);
}
