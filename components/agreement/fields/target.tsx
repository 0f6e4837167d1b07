/**
 * How long a promise takes: working time of a calendar, or elapsed time. "Working days" are offered only with the hours that one has,
 * and what is kept is minutes: a bare day would mean something else to each side (rule 3).
 */
import { useState } from 'react';
import { fieldsOf, textOf } from '../../../lib/agreement/editing';
import { t } from '../../../lib/platform/i18n';
import styles from './fields.module.css';
import { Frame, Group, Problem } from './frame';
import { NumberInput, type Option } from './inputs';
import { useField, useProblem } from './part-form';

type Unit = 'minutes' | 'hours' | 'working-days';

/** Hours of an office day in most agreements; the person can write others. */
const usualDay = 8;

const minutesOf = (unit: Unit, hoursADay: number): number =>
  unit === 'minutes' ? 1 : unit === 'hours' ? 60 : 60 * hoursADay;

export function TargetField({ name, calendars }: { readonly name: string; readonly calendars: readonly Option[] }) {
  const { value, set, problem } = useField(name);
  const target = fieldsOf(value);
  const isElapsed = 'elapsedMinutes' in target;
  const minutes = target[isElapsed ? 'elapsedMinutes' : 'workingMinutes'];
  const amount = typeof minutes === 'number' ? minutes : null;
  const [unit, setUnit] = useState<Unit>(amount !== null && amount >= 60 && amount % 60 === 0 ? 'hours' : 'minutes');
  const [hoursADay, setHoursADay] = useState(usualDay);
  const own = unit === 'working-days' && isElapsed ? 'hours' : unit;
  const size = minutesOf(own, hoursADay);
  const calendar = textOf(target['calendar']) || (calendars[0]?.id ?? '');
  const write = (next: number | null, elapsed = isElapsed, of = calendar): void =>
    set(elapsed ? { elapsedMinutes: next ?? 0 } : { workingMinutes: next ?? 0, calendar: of });
  const missing = calendar !== '' && !calendars.some(({ id }) => id === calendar);
  return (
    <Group label={t('agreement_target')} problem={problem}>
      <div className={styles['row']}>
        <Frame label={t('agreement_target_amount')} narrow>
          {(control) => (
            <NumberInput
              {...control}
              min={0}
              shown={amount === null ? '' : String(Math.round((amount / size) * 1_000) / 1_000)}
              onNumber={(next) => write(next === null ? null : Math.round(next * size * 1_000) / 1_000)}
            />
          )}
        </Frame>
        <Frame label={t('agreement_target_unit')} narrow>
          {(control) => (
            <select {...control} value={own} onChange={({ target: chosen }) => setUnit(chosen.value as Unit)}>
              <option value="minutes">{t('agreement_unit_minutes')}</option>
              <option value="hours">{t('agreement_unit_hours')}</option>
              {!isElapsed && <option value="working-days">{t('agreement_unit_days', String(hoursADay))}</option>}
            </select>
          )}
        </Frame>
        {own === 'working-days' && (
          <Frame label={t('agreement_hours_a_day')} narrow>
            {(control) => (
              <NumberInput
                {...control}
                min={1}
                shown={String(hoursADay)}
                onNumber={(next) => {
                  if (next === null || !(next > 0 && next <= 24)) return;
                  setHoursADay(next);
                  if (amount !== null) write((amount / size) * minutesOf('working-days', next));
                }}
              />
            )}
          </Frame>
        )}
        <Frame label={t('agreement_target_counted')}>
          {(control) => (
            <select
              {...control}
              value={isElapsed ? '|elapsed' : calendar}
              onChange={({ target: chosen }) =>
                chosen.value === '|elapsed' ? write(amount, true) : write(amount, false, chosen.value)
              }
            >
              {calendars.map(({ id, label }) => (
                <option key={id} value={id}>
                  {t('agreement_target_working', label)}
                </option>
              ))}
              {missing && <option value={calendar}>{calendar}</option>}
              <option value="|elapsed">{t('agreement_target_elapsed')}</option>
            </select>
          )}
        </Frame>
      </div>
      <FieldProblem name={`${name}.workingMinutes`} />
      <FieldProblem name={`${name}.elapsedMinutes`} />
      <FieldProblem name={`${name}.calendar`} />
    </Group>
  );
}

/** What is wrong deeper down, for a field that shows all of it. */
export function FieldProblem({ name }: { readonly name: string }) {
  const problem = useProblem(name);
  return problem === undefined ? null : <Problem>{problem}</Problem>;
}
