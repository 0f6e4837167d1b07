/** Two browsers wrote the same version number: both are shown with what sets them apart, and one is chosen. */
import type { AgreementState } from '../../lib/messages/agreements';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Box, Line } from '../ui/part';
import { versionName } from './agreed-words';
import { DiffList } from './diff-list';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';
import type { Doing } from './use-doing';

export interface ConflictProps {
  readonly conflict: NonNullable<AgreementState['conflict']>;
  readonly services: ProcedureServices;
  readonly doing: Doing;
}

export function Conflict({ conflict: { mine, theirs }, services, doing }: ConflictProps) {
  const choose = (choice: 'mine' | 'theirs'): void =>
    doing.run(() => services.chooseVersion({ choice }), t(`procedure_done_chosen_${choice}`));
  return (
    <Box>
      <p className={styles.strong}>{t('procedure_conflict')}</p>
      <p>{t('procedure_conflict_both', versionName(mine), versionName(theirs))}</p>
      <p>{t('procedure_conflict_differ')}</p>
      <DiffList before={mine} after={theirs} />
      <Line>
        <Action busy={doing.busy} onAction={() => choose('mine')}>
          {t('procedure_choose_mine')}
        </Action>
        <Action kind="quiet" busy={doing.busy} onAction={() => choose('theirs')}>
          {t('procedure_choose_theirs')}
        </Action>
      </Line>
    </Box>
  );
}
