/** One line when the organisation uses a CRM that the person has not allowed yet. Asked after the summary. */
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { usePolicySites } from '../use-policy-sites';
import type { PopupServices } from './services';
import styles from './unread-line.module.css';

export interface PolicyLineProps {
  readonly services: Pick<PopupServices, 'policySites' | 'allowSites'>;
  /** The list is there: from now on there is time. */
  readonly isReady: boolean;
}

export function PolicyLine({ services, isReady }: PolicyLineProps) {
  const { names, trouble, busy, allow } = usePolicySites(services, isReady);
  if (names === null) return null;
  return (
    <section className={styles.line} aria-label={t('policy_sites_title')}>
      <p>{t('policy_sites', names)}</p>
      <Action kind="quiet" busy={busy} onAction={allow}>
        {t('policy_sites_allow')}
      </Action>
      {trouble !== '' && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
    </section>
  );
}
