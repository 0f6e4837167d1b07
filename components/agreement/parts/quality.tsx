/** Why a lead is rejected or flagged, and what is asked of a lead's data. */
import { fieldsOf, freeId, listOf, textOf } from '../../../lib/agreement/editing';
import { instantFields, textFields } from '../../../lib/lead/lead';
import type { QualityRule } from '../../../lib/lead/quality-rules';
import { t } from '../../../lib/platform/i18n';
import { CardList } from '../card-list';
import { nameOf } from '../draft-words';
import { useEditor, usePart } from '../editor-context';
import { fieldWords } from '../fields/conditions';
import { Row } from '../fields/frame';
import { Amount, Check, Checks, Select, Text } from '../fields/inputs';
import { PartForm } from '../fields/part-form';
import { Lines, WordsField } from '../fields/words-field';
import { reasonsAt, useOptions } from '../use-lists';
import { Adder } from './adder';
import { Retirement } from './retirement';
import { Section } from './section';

const rulesAt = ['management', 'quality'];

type WithoutId<Rule> = Rule extends unknown ? Omit<Rule, 'id'> : never;

/** Everything but the id that a new rule of a kind needs. */
const freshRules: readonly WithoutId<QualityRule>[] = [
  { rule: 'required', fields: ['email'] },
  { rule: 'free-mail' },
  { rule: 'mail-syntax' },
  { rule: 'phone' },
  { rule: 'duplicate', by: ['email', 'phone'] },
  { rule: 'persona' },
  { rule: 'scope' },
  // The rule that comes with Relevo has the same, and says where it is from.
  { rule: 'stale', elapsedMinutes: 43_200 },
];

const ruleWords = (rule: string): string => t(`agreement_quality_${rule.replaceAll('-', '_')}`);

const bothUses = () => ['reject', 'flag'].map((id) => ({ id, label: t(`agreement_use_${id}`) }));

export function Quality() {
  const { reasonsInUse } = useEditor();
  const used = new Set(reasonsInUse);
  return (
    <>
      <Section title={t('agreement_reasons')} about={t('agreement_reasons_about')}>
        <CardList
          path={reasonsAt}
          ordered
          addLabel={t('agreement_reason_add')}
          empty={t('agreement_reasons_none')}
          fresh={(free) => ({
            id: free('reason'),
            label: { en: t('agreement_reason_new'), es: t('agreement_reason_new') },
            axis: 'fit',
            for: ['reject', 'flag'],
          })}
          summary={(item) => {
            const { axis, retired } = fieldsOf(item);
            const kind = t(axis === 'readiness' ? 'agreement_axis_readiness' : 'agreement_axis_fit');
            return {
              name: nameOf(item),
              about: retired === undefined ? kind : `${kind} · ${t('agreement_reason_retired')}`,
            };
          }}
          kept={(item) => (used.has(textOf(fieldsOf(item)['id'])) ? t('agreement_reason_used') : null)}
        >
          {(path, item) => <ReasonForm path={path} asks={textOf(fieldsOf(item)['asks'])} />}
        </CardList>
        <PartForm path={['management']}>
          <Row>
            <Amount name="attempts" label={t('agreement_attempts')} min={1} />
            <Amount name="recycles" label={t('agreement_recycles')} />
          </Row>
        </PartForm>
      </Section>
      <Section title={t('agreement_quality')} about={t('agreement_quality_about')}>
        <QualityRules />
      </Section>
    </>
  );
}

function ReasonForm({ path, asks }: { readonly path: readonly (string | number)[]; readonly asks: string }) {
  return (
    <>
      <WordsField name="label" label={t('agreement_name')} max={80} both />
      <Row>
        <Select
          name="axis"
          label={t('agreement_axis')}
          options={['fit', 'readiness'].map((id) => ({ id, label: t(`agreement_axis_${id}`) }))}
        />
        <Select
          name="asks"
          label={t('agreement_asks')}
          options={['which', 'field', 'attempts'].map((id) => ({ id, label: t(`agreement_asks_${id}`) }))}
          none={t('agreement_none')}
        />
      </Row>
      {asks === 'which' && <Lines name="options" label={t('agreement_reason_options')} optional />}
      <Checks name="for" label={t('agreement_reason_for')} options={bothUses()} />
      <Check name="data" label={t('agreement_reason_data')} />
      <Retirement path={path} />
    </>
  );
}

function QualityRules() {
  const { store } = useEditor();
  const items = listOf(usePart(rulesAt));
  const stages = useOptions(['management', 'definitions', 'stages']);
  const add = (kind: string): void => {
    const fresh = freshRules.find(({ rule }) => rule === kind);
    if (!fresh) return;
    const id = freeId(
      kind,
      items.map((item) => textOf(fieldsOf(item)['id'])),
    );
    store.edit(rulesAt, [...items, { id, ...fresh }]);
    store.reveal([...rulesAt, items.length]);
  };
  return (
    <>
      <CardList
        path={rulesAt}
        canAdd={false}
        addLabel=""
        empty={t('agreement_quality_none')}
        fresh={() => null}
        summary={(item) => ({
          name: ruleWords(textOf(fieldsOf(item)['rule'])),
          about: listOf(fieldsOf(item)['fields'])
            .map((field) => fieldWords(String(field)))
            .join(', '),
        })}
      >
        {(_path, item) => <RuleForm rule={textOf(fieldsOf(item)['rule'])} stages={stages} />}
      </CardList>
      <Adder
        label={t('agreement_quality_add')}
        options={freshRules.map(({ rule }) => ({ id: rule, label: ruleWords(rule) }))}
        onAdd={add}
      />
    </>
  );
}

interface RuleFormProps {
  readonly rule: string;
  readonly stages: readonly { readonly id: string; readonly label: string }[];
}

function RuleForm({ rule, stages }: RuleFormProps) {
  switch (rule) {
    case 'required':
      return (
        <>
          <Checks
            name="fields"
            label={t('agreement_quality_fields')}
            options={[...textFields, ...instantFields].map((id) => ({ id, label: fieldWords(id) }))}
          />
          <Select
            name="stage"
            label={t('agreement_quality_stage')}
            options={stages}
            none={t('agreement_quality_always')}
          />
        </>
      );
    case 'phone':
      return <Text name="country" label={t('agreement_quality_country')} hint="ES" max={2} optional narrow />;
    case 'duplicate':
      return (
        <Checks
          name="by"
          label={t('agreement_quality_by')}
          options={['email', 'phone', 'name-company'].map((id) => ({
            id,
            label: t(`agreement_by_${id.replace('-', '_')}`),
          }))}
        />
      );
    case 'stale':
      return <Amount name="elapsedMinutes" label={t('agreement_quality_stale_days')} scale={1 / 1_440} />;
    default:
      return <p>{t('agreement_quality_plain')}</p>;
  }
}
