/** Who else knows of a late or endangered lead by now, by the agreement's escalation. */
import { Megaphone } from 'lucide-react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { Escalated } from '../../lib/messages/acts';
import { language, t } from '../../lib/platform/i18n';
import styles from './escalation.module.css';
import { sideLabel, type Sides } from './labels';

export interface EscalationProps {
  readonly escalated: Escalated;
  readonly sides: Sides;
  readonly now: number;
}

function recipient({ role, name }: Escalated['to'], sides: Sides): string {
  if (role === 'named') return name ?? t('panel_told_someone');
  const words = role === 'owner' || role === 'manager' ? t(`panel_told_${role}`) : sideLabel(role, sides);
  return name === null ? words : t('panel_told_name', words, name);
}

export function Escalation({ escalated, sides, now }: EscalationProps) {
  const { on, to, since } = escalated;
  return (
    <p className={styles.told} title={formatFullInstant(since, language())}>
      <Megaphone size={14} aria-hidden="true" focusable="false" />
      <span>
        {t(
          on === 'overdue' ? 'panel_told_overdue' : 'panel_told_at_risk',
          recipient(to, sides),
          formatInstant(since, now, language()),
        )}
      </span>
    </p>
  );
}
