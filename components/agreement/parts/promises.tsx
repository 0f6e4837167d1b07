/** Side by side: what marketing owes and what sales owes, per lead and per period, and who answers for it. */
import { fieldsOf, freeId, listOf, textOf } from '../../../lib/agreement/editing';
import { commitmentIds } from '../../../lib/agreement/schema';
import { parties } from '../../../lib/agreement/parts';
import type { Party } from '../../../lib/lead/facts';
import { t } from '../../../lib/platform/i18n';
import { partyWords } from '../../words';
import { CardList } from '../card-list';
import { commitmentName, isMeasure, measureName, nameOf, promisedWords, rulesWords, targetWords } from '../draft-words';
import { useEditor, usePart } from '../editor-context';
import { Select, Text, Checks } from '../fields/inputs';
import { Row } from '../fields/frame';
import { draftWords, WordsField } from '../fields/words-field';
import { commitmentsAt, promisesAt, useCalendars, usePromised } from '../use-lists';
import { Adder } from './adder';
import { CommitmentForm } from './commitment-form';
import styles from './parts.module.css';
import { measureIds } from '../../../lib/agreement/measures';
import { PromiseForm } from './promise-form';
import { Teams } from './teams';

export function Promises() {
  return (
    <>
      <div className={styles['sides']}>
        {parties.map((party) => (
          <Side key={party} party={party} />
        ))}
      </div>
      <Teams />
    </>
  );
}

export function usePartyName(party: Party): string {
  const label = usePart(['parties', party, 'label']);
  return draftWords(label) || partyWords(party);
}

function Side({ party }: { readonly party: Party }) {
  const name = usePartyName(party);
  return (
    <section className={styles['side']} aria-label={t('agreement_owes', name)}>
      <h3 className={styles['title']}>{t('agreement_owes', name)}</h3>
      <h4 className={styles['subtitle']}>{t('agreement_per_lead')}</h4>
      <Commitments party={party} />
      <h4 className={styles['subtitle']}>{t('agreement_per_period')}</h4>
      <PeriodPromises party={party} />
      <h4 className={styles['subtitle']}>{t('agreement_responsibilities')}</h4>
      <Responsibilities party={party} />
    </section>
  );
}

const owedByOther = (id: string): Party | null => (id === 'fix-data' ? 'marketing' : id === 'unblock' ? null : 'sales');

function Commitments({ party }: { readonly party: Party }) {
  const { store } = useEditor();
  const items = listOf(usePart(commitmentsAt));
  const calendars = useCalendars();
  const taken = new Set(items.map((item) => textOf(fieldsOf(item)['id'])));
  const free = commitmentIds.filter((id) => !taken.has(id) && (owedByOther(id) ?? party) === party);
  const labelOf = (id: string): string => calendars.find((one) => one.id === id)?.label ?? id;
  const add = (id: string): void => {
    const target = calendars[0] ? { workingMinutes: 240, calendar: calendars[0].id } : { elapsedMinutes: 1_440 };
    store.edit(commitmentsAt, [...items, { id, owedBy: party, rules: [{ id: 'every-lead', target }] }]);
    store.reveal([...commitmentsAt, items.length]);
  };
  return (
    <>
      <CardList
        path={commitmentsAt}
        only={(item) => fieldsOf(item)['owedBy'] === party}
        canAdd={false}
        addLabel=""
        empty={t('agreement_commitments_none')}
        fresh={() => null}
        summary={(item) => {
          const { id, rules, clause } = fieldsOf(item);
          const all = listOf(rules);
          const about = all.length === 1 ? targetWords(fieldsOf(all[0])['target'], labelOf) : rulesWords(all.length);
          const number = textOf(clause);
          return {
            name: nameOf(item, commitmentName(textOf(id))),
            about: number === '' ? about : `${about} · ${t('explain_clause', number)}`,
          };
        }}
      >
        {(path, item) => <CommitmentForm path={path} id={textOf(fieldsOf(item)['id'])} />}
      </CardList>
      <Adder
        label={t('agreement_commitment_add')}
        options={free.map((id) => ({ id, label: commitmentName(id) }))}
        onAdd={add}
      />
    </>
  );
}

function PeriodPromises({ party }: { readonly party: Party }) {
  const { store } = useEditor();
  const items = listOf(usePart(promisesAt));
  const add = (measure: string): void => {
    const taken = [...items, ...listOf(store.at(commitmentsAt))].map((item) => textOf(fieldsOf(item)['id']));
    const id = freeId(measure, taken);
    store.edit(promisesAt, [...items, { id, owedBy: party, measure, per: 'month' }]);
    store.reveal([...promisesAt, items.length]);
  };
  return (
    <>
      <CardList
        path={promisesAt}
        only={(item) => fieldsOf(item)['owedBy'] === party}
        canAdd={false}
        addLabel=""
        empty={t('agreement_promises_none')}
        fresh={() => null}
        summary={(item) => ({
          name: nameOf(item, measureName(textOf(fieldsOf(item)['measure']))),
          about: promisedWords(item),
        })}
      >
        {(_path, item) => {
          const measure = textOf(fieldsOf(item)['measure']);
          return <PromiseForm id={textOf(fieldsOf(item)['id'])} measure={isMeasure(measure) ? measure : 'hand-offs'} />;
        }}
      </CardList>
      <Adder
        label={t('agreement_promise_add')}
        options={measureIds.map((id) => ({ id, label: measureName(id) }))}
        onAdd={add}
      />
    </>
  );
}

function Responsibilities({ party }: { readonly party: Party }) {
  const promised = usePromised();
  return (
    <CardList
      path={['services', 'responsibilities']}
      only={(item) => fieldsOf(item)['party'] === party}
      addLabel={t('agreement_responsibility_add')}
      empty={t('agreement_responsibilities_none')}
      fresh={(free) => ({ id: free('responsibility'), party, what: '', owner: '' })}
      summary={(item) => {
        const { what, owner } = fieldsOf(item);
        return { name: draftWords(what) || t('agreement_responsibility'), about: textOf(owner) };
      }}
    >
      {() => (
        <>
          <WordsField name="what" label={t('agreement_responsibility_what')} max={300} />
          <Row>
            <Text name="owner" label={t('agreement_responsibility_owner')} max={120} />
            <Text name="backup" label={t('agreement_responsibility_backup')} max={120} optional />
          </Row>
          <Checks name="covers" label={t('agreement_responsibility_covers')} options={promised} optional />
          <Row>
            <Text name="clause" label={t('agreement_clause_number')} max={20} optional narrow />
            <Select
              name="party"
              label={t('agreement_owed_by')}
              options={parties.map((id) => ({ id, label: partyWords(id) }))}
            />
          </Row>
        </>
      )}
    </CardList>
  );
}
