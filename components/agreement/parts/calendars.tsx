/** Working hours: the calendars that targets are counted in. */
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { fieldsOf, freeId, listOf, textOf } from '../../../lib/agreement/editing';
import type { Path } from '../../../lib/agreement/integrity';
import { localZone } from '../../../lib/agreement/parts';
import { t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { useEditor, useIssueCount, useIssues, usePart } from '../editor-context';
import { Problem, Row } from '../fields/frame';
import { Select, Text } from '../fields/inputs';
import { PartForm } from '../fields/part-form';
import { issueWords } from '../issue-words';
import { calendarName, calendarsAt, commitmentsAt } from '../use-lists';
import { Choice } from '../../ui/choice';
import { plural } from '../../../lib/platform/i18n';
import { Exceptions } from './exceptions';
import { Holidays } from './holidays';
import { Hours } from './hours';
import styles from './parts.module.css';
import { Section } from './section';

const officeDay = [['09:00', '18:00']];
const officeWeek = { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay };

/** Calendars that a rule counts in. */
function useUsed(): ReadonlySet<string> {
  return new Set(
    listOf(usePart(commitmentsAt)).flatMap((commitment) =>
      listOf(fieldsOf(commitment)['rules']).map((rule) => textOf(fieldsOf(fieldsOf(rule)['target'])['calendar'])),
    ),
  );
}

export function Calendars() {
  const { store, services } = useEditor();
  const calendars = fieldsOf(usePart(calendarsAt));
  const ids = Object.keys(calendars);
  const [chosen, setChosen] = useState('');
  const used = useUsed();
  const shown = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  const revealed = useRef<unknown>(null);
  useEffect(() => {
    const look = (): void => {
      const target = store.revealed();
      if (!target || target === revealed.current) return;
      revealed.current = target;
      const id = target.path[calendarsAt.length];
      if (calendarsAt.every((step, index) => target.path[index] === step) && typeof id === 'string') setChosen(id);
    };
    look();
    return store.subscribe(look);
  }, [store]);
  const add = (): void => {
    const id = freeId('calendar', ids);
    store.edit(calendarsAt, {
      ...calendars,
      [id]: { label: t('agreement_calendar_new'), timeZone: services.zone, weekly: officeWeek },
    });
    setChosen(id);
  };
  return (
    <Section title={t('agreement_calendars')} about={t('agreement_calendars_about')}>
      <div className={styles['adder']}>
        {ids.length > 0 && (
          <Choice
            label={t('agreement_calendar')}
            value={shown}
            onChange={setChosen}
            options={ids.map((id) => ({ id, label: calendarName(id, calendars[id]) }))}
          />
        )}
        <Action kind="quiet" onAction={add}>
          <Plus size={14} aria-hidden="true" focusable="false" /> {t('agreement_calendar_add')}
        </Action>
      </div>
      {shown !== '' && (
        <CalendarForm
          key={shown}
          path={[...calendarsAt, shown]}
          isUsed={used.has(shown)}
          name={calendarName(shown, calendars[shown])}
        />
      )}
    </Section>
  );
}

interface CalendarFormProps {
  readonly path: Path;
  readonly name: string;
  readonly isUsed: boolean;
}

function zones(): readonly string[] {
  return typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
}

function CalendarForm({ path, name, isUsed }: CalendarFormProps) {
  const { store, services } = useEditor();
  const spec = fieldsOf(usePart(path));
  const zone = textOf(spec['timeZone']);
  const own = useIssues(path);
  const count = useIssueCount(path);
  return (
    <PartForm path={path}>
      {own.map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
      {count > own.length && <p className={styles['soft']}>{plural('agreement_problems', count)}</p>}
      <Row>
        <Text name="label" label={t('agreement_calendar_name')} max={80} optional />
        <Select
          name="timeZone"
          label={t('agreement_zone')}
          options={[
            { id: localZone, label: t('agreement_zone_local', services.zone) },
            ...zones().map((id) => ({ id, label: id.replaceAll('_', ' ') })),
          ]}
          hint={zone === localZone ? t('agreement_zone_local_hint') : t('agreement_zone_hint')}
        />
      </Row>
      <Hours path={path} />
      <Holidays path={path} zone={zone === localZone ? services.zone : zone} />
      <Exceptions path={path} />
      <div>
        {isUsed ? (
          <p className={styles['soft']}>{t('agreement_calendar_used')}</p>
        ) : (
          <Action kind="quiet" onAction={() => store.edit(path, undefined)}>
            {t('agreement_remove', name)}
          </Action>
        )}
      </div>
    </PartForm>
  );
}
