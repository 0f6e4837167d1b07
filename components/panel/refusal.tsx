/** The panel has nothing to show, says why, and what to do. */
import { DatabaseZap, FileQuestionMark, Lock, PlugZap, type LucideIcon } from 'lucide-react';
import type { PanelReply } from '../../lib/messages/panel';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Notice } from '../ui/notice';

/** What was erased has a notice of its own. */
type RefusalReason = Exclude<Extract<PanelReply, { readonly ok: false }>['reason'], 'erased'> | 'no-answer';

const icons: Readonly<Record<RefusalReason, LucideIcon>> = {
  'not-allowed': Lock,
  'no-such-lead': FileQuestionMark,
  'ledger-unavailable': DatabaseZap,
  'no-answer': PlugZap,
};

export interface RefusalProps {
  readonly reason: RefusalReason;
  readonly onRetry: () => void;
}

export function Refusal({ reason, onRetry }: RefusalProps) {
  const key = `panel_refused_${reason.replaceAll('-', '_')}`;
  return (
    <Notice icon={icons[reason]} title={t(key)} urgent>
      <p>{t(`${key}_do`)}</p>
      {reason !== 'not-allowed' && <Action onAction={onRetry}>{t('panel_retry')}</Action>}
    </Notice>
  );
}
