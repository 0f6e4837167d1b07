/** "Version 4 takes effect Mon 09:00": read it, and say so. Everybody sees who did, because it becomes a fact. */
import { FileCheck } from 'lucide-react';
import type { AgreementReply } from '../../lib/messages/agreements';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import styles from './acknowledge.module.css';
import { Refused } from './refused';
import { unreadWords, type Unread } from './unread-words';
import { useDoing } from './use-doing';

export interface AcknowledgeProps {
  readonly unread: readonly Unread[];
  readonly now: number;
  readonly acknowledge: (version: { readonly id: string; readonly version: number }) => Promise<AgreementReply>;
  readonly onDone: () => void;
}

export function Acknowledge({ unread, now, acknowledge, onDone }: AcknowledgeProps) {
  const doing = useDoing(onDone);
  if (unread.length === 0 && !doing.refusal) return null;
  return (
    <section className={styles.banner} aria-label={t('procedure_unread')}>
      <FileCheck size={16} aria-hidden="true" focusable="false" />
      <div className={styles.words}>
        {unread.map((one) => (
          <div key={`${one.id} ${one.version}`} className={styles.one}>
            <p>{unreadWords(one, now)}</p>
            <Action
              kind="quiet"
              busy={doing.busy}
              onAction={() => doing.run(() => acknowledge({ id: one.id, version: one.version }), '')}
            >
              {t('procedure_acknowledge')}
            </Action>
          </div>
        ))}
        <Refused refusal={doing.refusal} />
        {(doing.refusal?.code === 'name-unknown' || doing.refusal?.code === 'side-unknown') && (
          <a href="#you">{t('procedure_to_you')}</a>
        )}
      </div>
    </section>
  );
}
