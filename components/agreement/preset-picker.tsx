/** Agreements to start from, each with where its figures come from. Taking one replaces the draft, and can be undone. */
import { useMemo, useState } from 'react';
import { fieldsOf } from '../../lib/agreement/editing';
import type { AgreementDocument } from '../../lib/agreement/document';
import { presets, type Preset } from '../../lib/agreement/presets';
import { wordsIn } from '../../lib/agreement/words';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import styles from './agreement-editor.module.css';
import { commitmentName, nameOf, targetWords } from './draft-words';
import { useEditor } from './editor-context';
import { calendarName } from './use-lists';

/** The preset, as the next state of this agreement: its id, version and people stay. */
export function withPreset(draft: unknown, preset: AgreementDocument): unknown {
  const { id, version, parties } = fieldsOf(draft);
  const people = (party: 'marketing' | 'sales') => {
    const { signatories } = fieldsOf(fieldsOf(parties)[party]);
    return { ...preset.parties[party], ...(signatories === undefined ? {} : { signatories }) };
  };
  return {
    ...preset,
    ...(id === undefined || id === 'built-in' ? {} : { id }),
    ...(version === undefined ? {} : { version }),
    parties: { marketing: people('marketing'), sales: people('sales') },
  };
}

export function PresetPicker() {
  const { store } = useEditor();
  const all = useMemo(() => presets(), []);
  const [said, setSaid] = useState('');
  const reader = language() === 'es' ? 'es' : 'en';
  const take = (preset: Preset): void => {
    store.edit([], withPreset(store.steps().present, preset.document));
    setSaid(t('agreement_preset_taken', wordsIn(preset.name, reader)));
  };
  return (
    <details className={styles['presets']}>
      <summary>{t('agreement_presets')}</summary>
      <p className={styles['soft']}>{t('agreement_presets_about')}</p>
      <div className={styles['presetCards']}>
        {all.map((preset) => (
          <section key={preset.id} className={styles['preset']} aria-label={wordsIn(preset.name, reader)}>
            <h3 className={styles['strong']}>{wordsIn(preset.name, reader)}</h3>
            <p>{wordsIn(preset.about, reader)}</p>
            <dl className={styles['figures']}>
              {preset.figures.map(({ commitment, rule, target, source }) => (
                <div key={`${commitment}|${rule}`}>
                  <dt>
                    {commitmentName(commitment)}, {ruleName(preset, commitment, rule)}:{' '}
                    <span className={styles['strong']}>
                      {targetWords(target, (id) =>
                        calendarName(id, preset.document.services.availability.calendars[id]),
                      )}
                    </span>
                  </dt>
                  <dd className={styles['soft']}>{wordsIn(source, reader)}</dd>
                </div>
              ))}
            </dl>
            <div>
              <Action kind="quiet" onAction={() => take(preset)}>
                {t('agreement_preset_take', wordsIn(preset.name, reader))}
              </Action>
            </div>
          </section>
        ))}
      </div>
      <output>{said}</output>
    </details>
  );
}

function ruleName(preset: Preset, commitment: string, rule: string): string {
  const rules = preset.document.services.commitments.find(({ id }) => id === commitment)?.rules;
  return nameOf(rules?.find(({ id }) => id === rule));
}
