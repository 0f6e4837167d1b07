/** Who else knows of a late or endangered lead by now, in so few words that they fit into its row. */
import { Megaphone } from 'lucide-react';
import type { Escalated } from '../../lib/messages/acts';
import { t } from '../../lib/platform/i18n';
import { Hidden } from '../ui/hidden';
import { partyWords } from '../words';
import styles from './escalation-mark.module.css';

/** "Manager told". */
export function escalationWords({ to: { role, name } }: Escalated): string {
  if (role === 'owner' || role === 'manager') return t(`popup_told_${role}`);
  if (role === 'named') return name === null ? t('popup_told_somebody') : t('popup_told', name);
  return t('popup_told', partyWords(role));
}

export function EscalationMark({ escalated }: { readonly escalated: Escalated }) {
  return (
    <span className={styles.mark} data-escalated={escalated.on}>
      <Hidden>, </Hidden>
      <Megaphone size={12} aria-hidden="true" focusable="false" />
      <span className={styles.words}>{escalationWords(escalated)}</span>
    </span>
  );
}
