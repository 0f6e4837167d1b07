/** Which leads the agreement is about, what stages and personas they have, and what a CRM's statuses mean. */
import { fieldsOf } from '../../../lib/agreement/editing';
import { t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { CardList } from '../card-list';
import { groupsWords, nameOf, whenWords } from '../draft-words';
import { useEditor, usePart } from '../editor-context';
import { ConditionGroups, Conditions } from '../fields/conditions';
import { PartForm } from '../fields/part-form';
import { draftWords, WordsField } from '../fields/words-field';
import { Section } from './section';
import { Statuses } from './statuses';

const scopeAt = ['services', 'scope'];

export function Leads() {
  return (
    <>
      <ScopePart />
      <Section title={t('agreement_stages')} about={t('agreement_stages_about')}>
        <CardList
          path={['management', 'definitions', 'stages']}
          ordered
          addLabel={t('agreement_stage_add')}
          empty={t('agreement_stages_none')}
          fresh={(free) => ({ id: free('stage'), label: t('agreement_stage_new'), when: [] })}
          summary={(item) => ({ name: nameOf(item), about: groupsWords(fieldsOf(item)['when']) })}
        >
          {() => (
            <>
              <WordsField name="label" label={t('agreement_name')} max={80} />
              <ConditionGroups
                name="when"
                label={t('agreement_stage_when')}
                everything={t('agreement_stage_nothing')}
              />
            </>
          )}
        </CardList>
      </Section>
      <Section title={t('agreement_personas')} about={t('agreement_personas_about')}>
        <CardList
          path={['management', 'definitions', 'personas']}
          addLabel={t('agreement_persona_add')}
          empty={t('agreement_personas_none')}
          fresh={(free) => ({ id: free('persona'), label: t('agreement_persona_new'), when: [] })}
          summary={(item) => ({ name: nameOf(item), about: groupsWords(fieldsOf(item)['when']) })}
        >
          {() => (
            <>
              <WordsField name="label" label={t('agreement_name')} max={80} />
              <WordsField name="note" label={t('agreement_note')} max={500} long optional />
              <ConditionGroups
                name="when"
                label={t('agreement_persona_when')}
                everything={t('agreement_persona_nothing')}
              />
            </>
          )}
        </CardList>
      </Section>
      <Statuses />
    </>
  );
}

function ScopePart() {
  const { store } = useEditor();
  const isWritten = usePart(scopeAt) !== undefined;
  return (
    <Section title={t('agreement_scope')} about={t('agreement_scope_about')}>
      {!isWritten && (
        <div>
          <Action kind="quiet" onAction={() => store.edit(scopeAt, { include: [], exclude: [] })}>
            {t('agreement_scope_limit')}
          </Action>
        </div>
      )}
      {isWritten && (
        <>
          <PartForm path={scopeAt}>
            <ConditionGroups
              name="include"
              label={t('agreement_scope_include')}
              everything={t('agreement_scope_everything')}
            />
          </PartForm>
          <CardList
            path={[...scopeAt, 'exclude']}
            addLabel={t('agreement_exclusion_add')}
            empty={t('agreement_exclusions_none')}
            fresh={() => ({ when: [{ field: 'source', operator: 'contains', value: '' }], why: '' })}
            summary={(item) => ({
              name: draftWords(fieldsOf(item)['why']) || t('agreement_exclusion'),
              about: whenWords(fieldsOf(item)['when']),
            })}
          >
            {() => (
              <>
                <WordsField name="why" label={t('agreement_exclusion_why')} max={300} />
                <Conditions
                  name="when"
                  label={t('agreement_exclusion_when')}
                  everything={t('agreement_exclusion_nothing')}
                />
              </>
            )}
          </CardList>
        </>
      )}
    </Section>
  );
}
