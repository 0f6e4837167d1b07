/** One commitment: what it is called, and its rules in the order in which they apply. */
import { fieldsOf, listOf } from '../../../lib/agreement/editing';
import type { Path } from '../../../lib/agreement/integrity';
import { parties } from '../../../lib/agreement/parts';
import { t } from '../../../lib/platform/i18n';
import { partyWords } from '../../words';
import { CardList } from '../card-list';
import { nameOf, targetWords, whenWords } from '../draft-words';
import { Conditions } from '../fields/conditions';
import { Row } from '../fields/frame';
import { Amount, Select, Text } from '../fields/inputs';
import { TargetField } from '../fields/target';
import { draftWords, WordsField } from '../fields/words-field';
import { useCalendars, useOptions } from '../use-lists';
import styles from './parts.module.css';
import { PastNote, SmartNotes } from './smart-notes';

export function CommitmentForm({ path, id }: { readonly path: Path; readonly id: string }) {
  const aims = useOptions(['services', 'aims']);
  return (
    <>
      <WordsField name="title" label={t('agreement_title')} max={120} optional />
      <Row>
        <Text name="clause" label={t('agreement_clause_number')} max={20} optional narrow />
        <Select
          name="owedBy"
          label={t('agreement_owed_by')}
          options={parties.map((one) => ({ id: one, label: partyWords(one) }))}
        />
        <Select name="aim" label={t('agreement_aim')} options={aims} none={t('agreement_none')} />
        {id === 'next-touch' && <Amount name="touches" label={t('agreement_touches')} min={1} />}
      </Row>
      <p className={styles['subtitle']}>{t('agreement_rules_title')}</p>
      <p className={styles['soft']}>{t('agreement_rules_about')}</p>
      <Rules path={[...path, 'rules']} />
      <PastNote of="commitment" id={id} />
      <SmartNotes of="commitment" id={id} />
    </>
  );
}

const takesAll = (rule: unknown): boolean => rule !== undefined && listOf(fieldsOf(rule)['when']).length === 0;

function Rules({ path }: { readonly path: Path }) {
  const calendars = useCalendars();
  const labelOf = (id: string): string => calendars.find((one) => one.id === id)?.label ?? id;
  const first = calendars[0];
  return (
    <CardList
      path={path}
      ordered
      // A rule for every lead stays last: what comes after it would never apply.
      place={(items) => (takesAll(items.at(-1)) ? items.length - 1 : items.length)}
      addLabel={t('agreement_rule_add')}
      empty={t('agreement_rules_none')}
      fresh={(free) => ({
        id: free('rule'),
        when: [{ field: 'source', operator: 'contains', value: '' }],
        target: first ? { workingMinutes: 60, calendar: first.id } : { elapsedMinutes: 60 },
      })}
      summary={(item, index) => {
        const { title, when, target } = fieldsOf(item);
        const name = draftWords(title) ? nameOf(item) : whenWords(when);
        return { name: `${index + 1}. ${name}`, about: targetWords(target, labelOf) };
      }}
    >
      {() => (
        <>
          <WordsField name="title" label={t('agreement_rule_title')} max={120} optional />
          <Conditions name="when" label={t('agreement_rule_when')} everything={t('agreement_rule_everything')} />
          <TargetField name="target" calendars={calendars} />
        </>
      )}
    </CardList>
  );
}
