/** The person's own settings: who they are, whom they follow, and how loud the extension may be. Saved as they are changed. */
import { useEffect, useState } from 'react';
import type { Party } from '../../lib/lead/facts';
import type { KnownViewer } from '../../lib/messages/sites';
import { t } from '../../lib/platform/i18n';
import { ageWords } from '../agreement/save-state';
import { Group } from '../agreement/fields/frame';
import type { SectionProps } from '../options/sections';
import { Unanswered } from '../options/unanswered';
import { Choice } from '../ui/choice';
import { Part, SetMark, Soft, Wrong } from '../ui/part';
import { Skeleton } from '../ui/skeleton';
import { partyWords } from '../words';
import { LanguageField } from './language-field';
import { NameField } from './name-field';
import { Reminders } from './reminders';
import type { YouServices } from './services';
import { usePerson, type KeptPerson, type PersonSave } from './use-person';
import { useViewers } from './use-viewers';
import styles from './you.module.css';

const sides: readonly Party[] = ['sales', 'marketing'];

export function You({ services: { you: services } }: SectionProps) {
  const kept = usePerson(services);
  // Only offers: without them the name is typed.
  const { viewers } = useViewers(services);
  const { person, failed } = kept;
  return (
    <>
      <SaveLine save={kept.save} now={services.now} />
      {!kept.readable && <Wrong>{t('problem_settings_unreadable')}</Wrong>}
      {failed && <Unanswered onRetry={kept.again} />}
      {!person && !failed && <Skeleton label={t('options_loading')} rows={6} />}
      {person && <Settings kept={kept} person={person} viewers={viewers} services={services} />}
    </>
  );
}

interface SettingsProps {
  readonly kept: KeptPerson;
  readonly person: NonNullable<KeptPerson['person']>;
  readonly viewers: readonly KnownViewer[];
  readonly services: YouServices;
}

function Settings({ kept: { change, locked, byPolicy }, person, viewers, services }: SettingsProps) {
  const isLocked = (name: string): boolean => locked.includes(name);
  const mark = (name: string) => byPolicy.includes(name) && <SetMark words={t('procedure_by_policy')} />;
  const choice = <Id extends string>(name: string, ...ids: readonly Id[]) =>
    ids.map((id) => ({ id, label: t(`you_${name}_${id}`), disabled: isLocked(name) }));
  return (
    <>
      <Part title={t('you_who')}>
        <Choice
          label={t('you_side')}
          options={sides.map((id) => ({ id, label: partyWords(id), disabled: isLocked('side') }))}
          value={person.side}
          onChange={(side) => change({ side })}
        />
        {mark('side')}
        <NameField
          name={person.name ?? ''}
          viewers={viewers}
          isLocked={isLocked('name')}
          onName={(name) => change({ name })}
        />
        {mark('name')}
        <Group label={t('you_follows')} hint={t('you_follows_hint')}>
          <div className={styles.checks}>
            {sides.map((side) => (
              <label key={side} className={styles.check}>
                <input
                  type="checkbox"
                  checked={person.follows.includes(side)}
                  disabled={isLocked('follows')}
                  onChange={({ target }) =>
                    change({
                      follows: target.checked
                        ? [...person.follows, side]
                        : person.follows.filter((one) => one !== side),
                    })
                  }
                />
                {partyWords(side)}
              </label>
            ))}
          </div>
        </Group>
        {mark('follows')}
      </Part>
      <Part title={t('you_loud')}>
        <Choice
          label={t('you_badge')}
          options={choice<'quiet' | 'full'>('badge', 'quiet', 'full')}
          value={person.badge}
          onChange={(badge) => change({ badge })}
        />
        <Soft>{t('you_badge_hint')}</Soft>
        {mark('badge')}
        <Reminders
          reminders={person.reminders}
          isLocked={isLocked('reminders')}
          services={services}
          onChange={(reminders) => change({ reminders })}
        />
        {mark('reminders')}
      </Part>
      <Part title={t('you_language')}>
        <LanguageField
          label={t('you_language_of')}
          language={person.language}
          isLocked={isLocked('language')}
          onChange={(language) => change({ language })}
        />
        <Soft>{t('you_language_hint')}</Soft>
        {mark('language')}
      </Part>
      <Part title={t('you_reports')}>
        <Choice
          label={t('you_names')}
          options={choice<'hidden' | 'shown'>('names', 'hidden', 'shown')}
          value={person.names}
          onChange={(names) => change({ names })}
        />
        <Soft>{t('you_names_hint')}</Soft>
        {mark('names')}
      </Part>
      <div>
        <a className={styles.link} href="/welcome.html">
          {t('you_first_run')}
        </a>
      </div>
    </>
  );
}

/** How often the age of the last save is said anew. */
const tickMs = 1_000;

/** The age is for the eye; that it was saved, or was not, is said aloud once. */
function SaveLine({ save, now }: { readonly save: PersonSave; readonly now: () => number }) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (save.is !== 'saved') return undefined;
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, [save]);
  if (save.is === 'refused') return <Wrong>{t('options_not_saved')}</Wrong>;
  return (
    <p className={styles.save}>
      {save.is === 'none' && t('you_saves_itself')}
      {save.is === 'saving' && t('you_saving')}
      {save.is === 'saved' && t('you_saved', ageWords(now() - save.at))}
    </p>
  );
}
