/** The worker did not answer: what is safe, and what to do. */
import { PlugZap } from 'lucide-react';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Notice } from '../ui/notice';

export function Unanswered({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <Notice icon={PlugZap} title={t('popup_failed')} urgent>
      <p>{t('popup_failed_safe')}</p>
      <p>{t('popup_failed_do')}</p>
      <Action onAction={onRetry}>{t('popup_retry')}</Action>
    </Notice>
  );
}
