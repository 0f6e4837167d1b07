/** In which language Relevo speaks. Each language is named in itself, for whoever does not read the other. */
import { t } from '../../lib/platform/i18n';
import type { PersonSettings } from '../../lib/settings/person';
import { Choice } from '../ui/choice';

export interface LanguageFieldProps {
  readonly label: string;
  readonly language: PersonSettings['language'];
  readonly isLocked: boolean;
  readonly onChange: (language: PersonSettings['language']) => void;
}

const languages = ['browser', 'en', 'es'] as const;

export function LanguageField({ label, language, isLocked, onChange }: LanguageFieldProps) {
  return (
    <Choice
      label={label}
      options={languages.map((id) => ({ id, label: t(`you_language_${id}`), disabled: isLocked }))}
      value={language}
      onChange={onChange}
    />
  );
}
