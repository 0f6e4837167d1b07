/** Short words for a version: its name, when it takes effect, what a side is called. */
import type { AgreementDocument } from '../../lib/agreement/document';
import { formatInstant } from '../../lib/clock';
import type { Party } from '../../lib/lead/facts';
import { language, t } from '../../lib/platform/i18n';
import { agreedWords } from '../panel/labels';
import { partyWords } from '../words';

export const bothParties: readonly Party[] = ['marketing', 'sales'];

/** "Inbound leads, version 4". */
export function versionName({ title, version }: Pick<AgreementDocument, 'title' | 'version'>): string {
  const number = new Intl.NumberFormat(language()).format(version);
  return title === undefined ? t('procedure_version', number) : t('procedure_version_of', agreedWords(title), number);
}

export function sideName(party: Party, { parties }: Pick<AgreementDocument, 'parties'>): string {
  const { label } = parties[party];
  return label === undefined ? partyWords(party) : agreedWords(label);
}

/** "Mon 09:00"; `null` where it has no instant. */
export function effectiveWords({ effectiveFrom }: { readonly effectiveFrom?: string }, now: number): string | null {
  const at = effectiveFrom === undefined ? Number.NaN : Date.parse(effectiveFrom);
  return Number.isNaN(at) ? null : formatInstant(at, now, language());
}
