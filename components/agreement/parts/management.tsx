/** How the agreement is managed: warnings, escalation, measures and reports, reviews, and how it is changed. */
import { fieldsOf, listOf, textOf } from '../../../lib/agreement/editing';
import { measureIds } from '../../../lib/agreement/measures';
import { commitmentIds } from '../../../lib/agreement/schema';
import { t } from '../../../lib/platform/i18n';
import { CardList } from '../card-list';
import { commitmentName, measureName, nameOf } from '../draft-words';
import { Row } from '../fields/frame';
import { Instant } from '../fields/instant';
import { Amount, Checks, Select, Text } from '../fields/inputs';
import { PartForm } from '../fields/part-form';
import { draftWords, Lines, WordsField } from '../fields/words-field';
import { useOptions } from '../use-lists';
import { cadences } from './choices';
import { Section } from './section';
import { TellField, tellWords } from './tell-field';

export function Management() {
  return (
    <>
      <Section title={t('agreement_warning')} about={t('agreement_warning_about')}>
        <PartForm path={['management']}>
          <Row>
            <Amount name="atRisk.share" label={t('agreement_at_risk_share')} scale={100} />
            <Amount name="atRisk.floorMinutes" label={t('agreement_at_risk_floor')} />
          </Row>
        </PartForm>
      </Section>
      <Section title={t('agreement_escalation')} about={t('agreement_escalation_about')}>
        <Escalation />
      </Section>
      <Section title={t('agreement_review')}>
        <PartForm path={['management']}>
          <Row>
            <Select name="review.cadence" label={t('agreement_review_cadence')} options={cadences()} />
            <Amount name="review.minutes" label={t('agreement_review_minutes')} min={5} />
            <Text name="review.next" label={t('agreement_review_next')} type="date" max={10} optional />
          </Row>
        </PartForm>
      </Section>
      <Section title={t('agreement_measures')} about={t('agreement_measures_about')}>
        <Measures />
      </Section>
      <Section title={t('agreement_changes')}>
        <PartForm path={['management']}>
          <WordsField name="update.text" label={t('agreement_update_text')} max={2_000} long optional />
          <Row>
            <Amount name="update.noticeDays" label={t('agreement_notice_days')} />
            <Amount name="retentionDays" label={t('agreement_retention_days')} min={30} />
          </Row>
          <Instant name="enforcedFrom" label={t('agreement_enforced_from')} hint={t('agreement_enforced_hint')} />
        </PartForm>
      </Section>
    </>
  );
}

function Escalation() {
  return (
    <CardList
      path={['management', 'escalation']}
      ordered
      addLabel={t('agreement_escalation_add')}
      empty={t('agreement_escalation_none')}
      fresh={(free) => ({ id: free('level'), on: 'overdue', afterMinutes: 60, tell: 'manager' })}
      summary={(item) => {
        const { on, afterMinutes, tell } = fieldsOf(item);
        const after = typeof afterMinutes === 'number' ? afterMinutes : 0;
        const when = t(on === 'at-risk' ? 'agreement_on_at_risk' : 'agreement_on_overdue');
        return {
          name: after === 0 ? when : t('agreement_escalation_after', when, String(after)),
          about: t('agreement_tells', tellWords(tell)),
        };
      }}
    >
      {() => (
        <>
          <Row>
            <Select
              name="on"
              label={t('agreement_escalation_on')}
              options={[
                { id: 'at-risk', label: t('agreement_on_at_risk') },
                { id: 'overdue', label: t('agreement_on_overdue') },
              ]}
            />
            <Amount name="afterMinutes" label={t('agreement_escalation_minutes')} />
            <TellField name="tell" />
          </Row>
          <Text
            name="unowned"
            label={t('agreement_escalation_unowned')}
            hint={t('agreement_escalation_unowned_hint')}
            max={120}
            optional
          />
          <Checks
            name="commitments"
            label={t('agreement_escalation_commitments')}
            hint={t('agreement_escalation_commitments_hint')}
            options={commitmentIds.map((id) => ({ id, label: commitmentName(id) }))}
            optional
          />
        </>
      )}
    </CardList>
  );
}

function Measures() {
  const measures = useOptions(['management', 'measures']);
  return (
    <>
      <CardList
        path={['management', 'measures']}
        addLabel={t('agreement_measure_add')}
        empty={t('agreement_measures_none')}
        fresh={(free) => ({ id: free('measure'), formula: 'attainment', frequency: 'month', handler: '' })}
        summary={(item) => {
          const { formula, handler } = fieldsOf(item);
          return { name: measureName(textOf(formula)), about: draftWords(handler) };
        }}
      >
        {() => (
          <>
            <Row>
              <Select
                name="formula"
                label={t('agreement_measure')}
                options={measureIds.map((id) => ({ id, label: measureName(id) }))}
              />
              <Select name="frequency" label={t('agreement_measure_frequency')} options={cadences()} />
            </Row>
            <WordsField name="handler" label={t('agreement_measure_handler')} max={120} />
          </>
        )}
      </CardList>
      <CardList
        path={['management', 'reports']}
        addLabel={t('agreement_report_add')}
        empty={t('agreement_reports_none')}
        fresh={(free) => ({
          id: free('report'),
          title: t('agreement_report_new'),
          measures: [],
          every: 'month',
          to: [],
        })}
        summary={(item) => ({
          name: nameOf(item, cadences().find(({ id }) => id === fieldsOf(item)['every'])?.label),
          about: listOf(fieldsOf(item)['to']).map(draftWords).join(', '),
        })}
      >
        {() => (
          <>
            <WordsField name="title" label={t('agreement_title')} max={120} optional />
            <Select name="every" label={t('agreement_report_every')} options={cadences()} />
            <Checks name="measures" label={t('agreement_report_measures')} options={measures} />
            <Lines name="to" label={t('agreement_report_to')} />
          </>
        )}
      </CardList>
    </>
  );
}
