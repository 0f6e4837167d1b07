/** Short lists that several forms choose from, in the reader's language. */
import { cadenceDays } from '../../../lib/agreement/parts-results';
import { t } from '../../../lib/platform/i18n';
import type { Option } from '../fields/inputs';

export const cadencePeriods = (): readonly Option[] =>
  ['week', 'month', 'quarter'].map((id) => ({ id, label: t(`agreement_per_${id}`) }));

export const cadences = (): readonly Option[] =>
  Object.keys(cadenceDays).map((id) => ({ id, label: t(`agreement_per_${id.replace('-', '_')}`) }));
