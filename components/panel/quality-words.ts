/** What an automatic quality flag says, and what to do about it, in words. Words only: what a flag means is decided in `lib/lead`. */
import { wordsIn } from '../../lib/agreement/words';
import { formatInstant } from '../../lib/clock';
import { assertNever } from '../../lib/clock/assert-never';
import type { FieldName } from '../../lib/lead/lead';
import type { QualityCode, QualityFinding, QualityFlag } from '../../lib/lead/quality-rules';
import { language, plural, t } from '../../lib/platform/i18n';

export interface QualityWords {
  readonly what: string;
  readonly todo: string;
}

const key = (code: QualityCode): string => `quality_${code.replaceAll('-', '_')}`;
const fieldWords = (field: FieldName): string => t(`popup_field_${field}`);

/** "Spain"; the code itself where the browser has no name for it. */
function countryWords(country: string): string {
  try {
    return new Intl.DisplayNames(language(), { type: 'region' }).of(country) ?? country;
  } catch {
    return country;
  }
}

function findingWords(finding: QualityFinding, now: number): string {
  switch (finding.code) {
    case 'required':
      return t('quality_required', fieldWords(finding.field));
    case 'free-mail':
    case 'disposable-mail':
      return t(key(finding.code), finding.domain);
    case 'phone':
      return finding.country === undefined
        ? t('quality_phone')
        : t('quality_phone_country', countryWords(finding.country));
    case 'duplicate':
      return plural(`${key(finding.code)}_${finding.by.replaceAll('-', '_')}`, finding.count);
    case 'scope-excluded':
      return t('quality_scope_excluded', wordsIn(finding.why, language() === 'es' ? 'es' : 'en'));
    case 'stale':
      return t('quality_stale', formatInstant(finding.since, now, language()));
    case 'mail-syntax':
    case 'persona':
    case 'scope':
      return t(key(finding.code));
    default:
      return assertNever(finding);
  }
}

/** @param now epoch ms, for how an instant is said. */
export function qualityWords({ what, todo }: Pick<QualityFlag, 'what' | 'todo'>, now: number): QualityWords {
  return { what: findingWords(what, now), todo: t(`${key(todo)}_todo`) };
}
