/** Takes a reason out of use. What facts name is never deleted: it is retired, with the reason that takes its place. */
import { fieldsOf, listOf, textOf } from '../../../lib/agreement/editing';
import type { Path } from '../../../lib/agreement/integrity';
import { t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { nameOf } from '../draft-words';
import { useEditor, usePart } from '../editor-context';
import { Select } from '../fields/inputs';
import { FieldProblem } from '../fields/target';
import { reasonsAt } from '../use-lists';

export function Retirement({ path }: { readonly path: Path }) {
  const { store } = useEditor();
  const reason = fieldsOf(usePart(path));
  const reasons = listOf(usePart(reasonsAt)).map(fieldsOf);
  const others = reasons.filter(({ id, retired }) => id !== reason['id'] && retired === undefined);
  if (reason['retired'] === undefined)
    return (
      <div>
        <Action kind="quiet" onAction={() => store.edit([...path, 'retired'], {})}>
          {t('agreement_reason_retire')}
        </Action>
      </div>
    );
  return (
    <>
      <p>{t('agreement_reason_is_retired')}</p>
      <Select
        name="retired.successor"
        label={t('agreement_reason_successor')}
        options={others.map((one) => ({ id: textOf(one['id']), label: nameOf(one) }))}
        none={t('agreement_none')}
      />
      <FieldProblem name="retired" />
      <div>
        <Action kind="quiet" onAction={() => store.edit([...path, 'retired'], undefined)}>
          {t('agreement_reason_back')}
        </Action>
      </div>
    </>
  );
}
