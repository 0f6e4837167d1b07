/** One promise of so much per period. */
import { cadencePeriods } from './choices';
import { measures, type MeasureId } from '../../../lib/agreement/measures';
import { commitmentIds } from '../../../lib/agreement/schema';
import { parties } from '../../../lib/agreement/parts';
import { t } from '../../../lib/platform/i18n';
import { partyWords } from '../../words';
import { commitmentName } from '../draft-words';
import { ConditionGroups } from '../fields/conditions';
import { Row } from '../fields/frame';
import { Amount, Select, Text } from '../fields/inputs';
import { WordsField } from '../fields/words-field';
import { useOptions } from '../use-lists';
import { PastNote, SmartNotes } from './smart-notes';

export function PromiseForm({ id, measure }: { readonly id: string; readonly measure: MeasureId }) {
  const aims = useOptions(['services', 'aims']);
  const { unit, promised } = measures[measure];
  return (
    <>
      <WordsField name="title" label={t('agreement_title')} max={120} optional />
      <Row>
        <Amount
          name="value"
          label={t(
            promised === 'at-least' ? 'agreement_value_at_least' : 'agreement_value_at_most',
            t(`agreement_unit_${unit}`),
          )}
        />
        <Select name="per" label={t('agreement_per')} options={cadencePeriods()} none={t('agreement_none')} />
        <Select
          name="owedBy"
          label={t('agreement_owed_by')}
          options={parties.map((one) => ({ id: one, label: partyWords(one) }))}
        />
        <Select name="aim" label={t('agreement_aim')} options={aims} none={t('agreement_none')} />
        <Text name="reviewOn" label={t('agreement_review_on')} max={10} type="date" optional />
      </Row>
      {measure === 'attainment' && (
        <Select
          name="commitment"
          label={t('agreement_promise_commitment')}
          options={commitmentIds.map((one) => ({ id: one, label: commitmentName(one) }))}
          none={t('agreement_all')}
        />
      )}
      {unit === 'money' && (
        <Row>
          <Amount name="cost.amount" label={t('agreement_cost_amount')} />
          <Text name="cost.currency" label={t('agreement_cost_currency')} max={3} narrow hint="EUR" />
        </Row>
      )}
      <ConditionGroups
        name="when"
        label={t('agreement_promise_when')}
        everything={t('agreement_promise_everything')}
        optional
      />
      <PastNote of="promise" id={id} measure={measure} />
      <SmartNotes of="promise" id={id} />
    </>
  );
}
