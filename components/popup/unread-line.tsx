/** One line when a version of the agreement waits to be read. Asked after the summary, which must not wait for it. */
import { useEffect, useState } from 'react';
import type { AgreementState } from '../../lib/messages/agreements';
import { t } from '../../lib/platform/i18n';
import { unreadWords } from '../procedure/unread-words';
import { Action } from '../ui/action';
import type { PopupServices } from './services';
import styles from './unread-line.module.css';

export interface UnreadLineProps {
  readonly services: Pick<PopupServices, 'unread' | 'acknowledge' | 'openOptions'>;
  /** The list is there: from now on there is time. */
  readonly isReady: boolean;
  readonly now: number;
}

export function UnreadLine({ services, isReady, now }: UnreadLineProps) {
  const [unread, setUnread] = useState<AgreementState['toAcknowledge']>([]);
  const [trouble, setTrouble] = useState<'name' | 'other' | null>(null);
  useEffect(() => {
    // Whoever can't be asked has nothing to say here; the options say what is wrong.
    if (isReady) services.unread().then(setUnread, () => setUnread([]));
  }, [services, isReady]);
  const [first] = unread;
  if (!first) return null;
  const confirm = async (): Promise<void> => {
    const reply = await services.acknowledge({ id: first.id, version: first.version });
    if (reply.ok || reply.code === 'already-acknowledged') setUnread(unread.slice(1));
    else setTrouble(reply.code === 'name-unknown' ? 'name' : 'other');
  };
  return (
    <section className={styles.line} aria-label={t('procedure_unread')}>
      <p>{unreadWords(first, now)}</p>
      {trouble === 'name' ? (
        <Action kind="quiet" onAction={services.openOptions}>
          {t('procedure_to_you')}
        </Action>
      ) : (
        <Action kind="quiet" onAction={() => void confirm().catch(() => setTrouble('other'))}>
          {t('procedure_acknowledge')}
        </Action>
      )}
      {trouble !== null && (
        <p role="alert" className={styles.trouble}>
          {t(trouble === 'name' ? 'procedure_refused_name_unknown' : 'procedure_refused_no_answer')}
        </p>
      )}
    </section>
  );
}
