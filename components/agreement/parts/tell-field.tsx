/** Who is told: a role, or somebody by name. */
import { fieldsOf, textOf } from '../../../lib/agreement/editing';
import { t } from '../../../lib/platform/i18n';
import { Frame } from '../fields/frame';
import { useField, useProblem } from '../fields/part-form';

const roles = ['owner', 'manager', 'marketing', 'sales'] as const;

export const tellWords = (tell: unknown): string =>
  typeof tell === 'string' ? t(`agreement_tell_${tell}`) : textOf(fieldsOf(tell)['name']) || t('agreement_tell_name');

export function TellField({ name }: { readonly name: string }) {
  const { value, set, problem } = useField(name);
  const nameless = useProblem(`${name}.name`);
  const isNamed = typeof value === 'object' && value !== null;
  return (
    <>
      <Frame label={t('agreement_tell')} problem={isNamed ? undefined : problem}>
        {(control) => (
          <select
            {...control}
            value={isNamed ? 'name' : textOf(value)}
            onChange={({ target }) => set(target.value === 'name' ? { name: '' } : target.value)}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {t(`agreement_tell_${role}`)}
              </option>
            ))}
            <option value="name">{t('agreement_tell_name')}</option>
          </select>
        )}
      </Frame>
      {isNamed && (
        <Frame label={t('agreement_tell_who')} problem={problem ?? nameless}>
          {(control) => (
            <input
              {...control}
              type="text"
              autoComplete="off"
              maxLength={120}
              value={textOf(fieldsOf(value)['name'])}
              onChange={({ target }) => set({ name: target.value })}
            />
          )}
        </Frame>
      )}
    </>
  );
}
