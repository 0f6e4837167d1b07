/** What people read and sign: title, sides, aims, clauses, what counts as a touch, and what happens when nobody works. */
import { fieldsOf, textOf } from '../../../lib/agreement/editing';
import { parties } from '../../../lib/agreement/parts';
import { t } from '../../../lib/platform/i18n';
import { partyWords } from '../../words';
import { CardList } from '../card-list';
import { Row } from '../fields/frame';
import { Instant } from '../fields/instant';
import { Amount, Text } from '../fields/inputs';
import { PartForm } from '../fields/part-form';
import { draftWords, Lines, WordsField } from '../fields/words-field';
import styles from './parts.module.css';
import { Section } from './section';

export function Terms() {
  return (
    <>
      <Section title={t('agreement_part_terms')}>
        <PartForm path={[]}>
          <WordsField name="title" label={t('agreement_title')} max={120} optional />
          <Row>
            <Amount name="version" label={t('agreement_version')} min={1} />
            <Instant name="effectiveFrom" label={t('agreement_effective_from')} hint={t('agreement_effective_hint')} />
          </Row>
          <WordsField name="notes" label={t('agreement_notes')} max={4_000} long optional />
        </PartForm>
      </Section>
      <Section title={t('agreement_parties')} about={t('agreement_parties_about')}>
        <div className={styles['sides']}>
          {parties.map((party) => (
            <section key={party} className={styles['side']} aria-label={partyWords(party)}>
              <PartForm path={['parties', party]}>
                <p className={styles['strong']}>{partyWords(party)}</p>
                <WordsField name="label" label={t('agreement_party_label')} max={80} optional />
                <Lines name="signatories" label={t('agreement_signatories')} optional />
              </PartForm>
            </section>
          ))}
        </div>
      </Section>
      <Section title={t('agreement_aims')} about={t('agreement_aims_about')}>
        <CardList
          path={['services', 'aims']}
          addLabel={t('agreement_aim_add')}
          empty={t('agreement_aims_none')}
          fresh={(free) => ({ id: free('aim'), text: '' })}
          summary={(item) => ({ name: draftWords(fieldsOf(item)['text']) || t('agreement_aim') })}
        >
          {() => <WordsField name="text" label={t('agreement_aim')} max={300} long />}
        </CardList>
      </Section>
      <Section title={t('agreement_clauses')} about={t('agreement_clauses_about')}>
        <CardList
          path={['management', 'clauses']}
          ordered
          addLabel={t('agreement_clause_add')}
          empty={t('agreement_clauses_none')}
          fresh={() => ({ number: '', text: '' })}
          summary={(item) => {
            const { number, title, text } = fieldsOf(item);
            return {
              name: `${textOf(number)} ${draftWords(title)}`.trim() || t('agreement_clause'),
              about: draftWords(text).slice(0, 120),
            };
          }}
        >
          {() => (
            <>
              <Text name="number" label={t('agreement_clause_number')} max={20} narrow />
              <WordsField name="title" label={t('agreement_title')} max={120} optional />
              <WordsField name="text" label={t('agreement_clause_text')} max={4_000} long />
            </>
          )}
        </CardList>
      </Section>
      <Section title={t('agreement_touch')} about={t('agreement_touch_about')}>
        <PartForm path={['management', 'definitions']}>
          <WordsField name="touch" label={t('agreement_touch_text')} max={1_000} long optional />
        </PartForm>
      </Section>
      <Section title={t('agreement_out_of_hours')}>
        <PartForm path={['services', 'availability']}>
          <WordsField name="outOfHours" label={t('agreement_out_of_hours_text')} max={1_000} long optional />
        </PartForm>
        <CardList
          path={['services', 'availability', 'cover']}
          addLabel={t('agreement_cover_add')}
          empty={t('agreement_cover_none')}
          fresh={(free) => ({ id: free('cover'), person: '', by: '' })}
          summary={(item) => {
            const { person, by, from, to } = fieldsOf(item);
            return {
              name: t('agreement_cover_of', textOf(person) || '…', textOf(by) || '…'),
              about: [textOf(from), textOf(to)].filter((one) => one !== '').join(' – '),
            };
          }}
        >
          {() => (
            <Row>
              <Text name="person" label={t('agreement_cover_person')} max={120} />
              <Text name="by" label={t('agreement_cover_by')} max={120} />
              <Text name="from" label={t('agreement_from')} type="date" max={10} optional />
              <Text name="to" label={t('agreement_to')} type="date" max={10} optional />
            </Row>
          )}
        </CardList>
      </Section>
    </>
  );
}
