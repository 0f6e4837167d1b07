/** Words for a repair: its CRM, and who signed it off when. */
import { catalogue } from '../../lib/crm/catalogue';
import type { Repair } from '../../lib/messages/repairs';
import { language, t } from '../../lib/platform/i18n';

export const labelOf = (adapter: string): string => catalogue.find(({ id }) => id === adapter)?.label ?? adapter;

/** "Signed off by Marta Ruiz on 9 March 2026". */
export function signedOffWords({ signedOffBy, signedOffAt }: Repair): string {
  // A bare date is that day everywhere.
  const timeZone = signedOffAt.includes('T') ? undefined : 'UTC';
  const date = new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone }).format(new Date(signedOffAt));
  return t('options_repair_signed_off', signedOffBy, date);
}
