/**
 * The first run: which CRM, which side, which name, which agreement to start from. Each answer is kept as it is given, every
 * one can be left out, and all of it can be changed later in the options. One column; Tab and Space are enough.
 */
import { useEffect, useState } from 'react';
import type { KnownViewer } from '../../lib/messages/contract';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Part, SetMark, Soft, Wrong } from '../ui/part';
import { Skeleton } from '../ui/skeleton';
import { partyWords } from '../words';
import { NameField } from '../you/name-field';
import { usePerson } from '../you/use-person';
import { CrmStep } from './crm-step';
import { PresetStep } from './preset-step';
import type { WelcomeServices } from './services';
import styles from './welcome.module.css';

export function WelcomeApp({ services }: { readonly services: WelcomeServices }) {
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('welcome_title')}</h1>
        <Soft>{t('welcome_about')}</Soft>
        <div>
          <Action kind="quiet" onAction={services.leave}>
            {t('welcome_skip')}
          </Action>
        </div>
      </header>
      <CrmStep services={services} />
      <YouStep services={services} />
      <PresetStep services={services} />
      <Part level={2} title={t('welcome_language')}>
        <p>{t('welcome_language_is')}</p>
        <p lang={language() === 'es' ? 'en' : 'es'}>{t('welcome_language_other')}</p>
      </Part>
      <footer className={styles.foot}>
        <Action onAction={services.leave}>{t('welcome_done')}</Action>
        <Action kind="quiet" onAction={services.openOptions}>
          {t('welcome_options')}
        </Action>
      </footer>
    </main>
  );
}

function YouStep({ services }: { readonly services: WelcomeServices }) {
  const { person, failed, save, change, locked, byPolicy, again } = usePerson(services);
  const [viewers, setViewers] = useState<readonly KnownViewer[]>([]);
  useEffect(() => {
    services.viewers({}).then(setViewers, () => setViewers([]));
  }, [services]);
  return (
    <Part level={2} title={t('welcome_you')}>
      {failed && (
        <Wrong>
          <p>{t('popup_failed')}</p>
          <Action kind="quiet" onAction={again}>
            {t('popup_retry')}
          </Action>
        </Wrong>
      )}
      {!person && !failed && <Skeleton label={t('options_loading')} rows={2} />}
      {person && (
        <>
          <Choice
            label={t('you_side')}
            options={(['sales', 'marketing'] as const).map((id) => ({
              id,
              label: partyWords(id),
              disabled: locked.includes('side'),
            }))}
            value={person.side}
            onChange={(side) => change({ side })}
          />
          <NameField
            name={person.name ?? ''}
            viewers={viewers}
            isLocked={locked.includes('name')}
            onName={(name) => change({ name })}
          />
          {(byPolicy.includes('side') || byPolicy.includes('name')) && (
            <div>
              <SetMark words={t('procedure_by_policy')} />
            </div>
          )}
          {save.is === 'refused' ? (
            <Wrong>{t('options_not_saved')}</Wrong>
          ) : (
            <output className={styles.save}>{save.is === 'saved' && t('welcome_saved')}</output>
          )}
        </>
      )}
    </Part>
  );
}
