/**
 * The first run: which CRM, which side, which name, which agreement to start from. Each answer is kept as it is given, every
 * one can be left out, and all of it can be changed later in the options. One column; Tab and Space are enough.
 */
import { useMemo } from 'react';
import type { KnownViewer } from '../../lib/messages/sites';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Part, SetMark, Soft, Wrong } from '../ui/part';
import { Skeleton } from '../ui/skeleton';
import { partyWords } from '../words';
import { LanguageField } from '../you/language-field';
import { NameField } from '../you/name-field';
import { usePerson, type KeptPerson } from '../you/use-person';
import { useViewers } from '../you/use-viewers';
import { CrmStep } from './crm-step';
import { PresetStep } from './preset-step';
import type { WelcomeServices } from './services';
import styles from './welcome.module.css';

export function WelcomeApp({ services }: { readonly services: WelcomeServices }) {
  const kept = usePerson(services);
  const { viewers, expect } = useViewers(services);
  const allowing = useMemo((): WelcomeServices => {
    const told = (granted: boolean): boolean => {
      if (granted) expect();
      return granted;
    };
    return {
      ...services,
      turnOn: (pattern) => services.turnOn(pattern).then(told),
      allowSites: (patterns) => services.allowSites(patterns).then(told),
    };
  }, [services, expect]);
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
      <Language kept={kept} />
      <CrmStep services={allowing} />
      <YouStep kept={kept} viewers={viewers} />
      <PresetStep services={services} />
      <footer className={styles.foot}>
        <Action onAction={services.leave}>{t('welcome_done')}</Action>
        <Action kind="quiet" onAction={services.openOptions}>
          {t('welcome_options')}
        </Action>
      </footer>
    </main>
  );
}

/** First, because whoever can't read the rest needs it first. */
function Language({ kept: { person, locked, byPolicy, change } }: { readonly kept: KeptPerson }) {
  if (!person) return null;
  return (
    <div>
      <LanguageField
        label={t('welcome_language')}
        language={person.language}
        isLocked={locked.includes('language')}
        onChange={(language) => change({ language })}
      />
      {byPolicy.includes('language') && <SetMark words={t('procedure_by_policy')} />}
    </div>
  );
}

interface YouStepProps {
  readonly kept: KeptPerson;
  readonly viewers: readonly KnownViewer[];
}

function YouStep({ kept, viewers }: YouStepProps) {
  const { person, failed, save, change, locked, byPolicy, again } = kept;
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
