/** What to start from: a preset holds at once and unsigned, for this person alone, until the two sides agree on their own. */
import { useState } from 'react';
import { presets } from '../../lib/agreement/presets';
import { t } from '../../lib/platform/i18n';
import { agreedWords } from '../panel/labels';
import { Refused } from '../procedure/refused';
import { useDoing } from '../procedure/use-doing';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Part, Said, Soft } from '../ui/part';
import type { WelcomeServices } from './services';

const offered = presets();
type Preset = (typeof offered)[number];

export function PresetStep({ services }: { readonly services: Pick<WelcomeServices, 'adoptPreset'> }) {
  const [chosen, setChosen] = useState<Preset['id'] | null>(null);
  const [taken, setTaken] = useState(false);
  const doing = useDoing(() => setTaken(true));
  const preset = offered.find(({ id }) => id === chosen);
  const isDone = taken && doing.refusal === null && !doing.busy;
  return (
    <Part level={2} title={t('welcome_preset')}>
      <Soft>{t('welcome_preset_about')}</Soft>
      <Choice
        label={t('welcome_preset_which')}
        options={offered.map(({ id, name }) => ({ id, label: agreedWords(name), disabled: isDone }))}
        value={chosen}
        onChange={setChosen}
      />
      {preset && (
        <>
          <p>{agreedWords(preset.about)}</p>
          {!isDone && (
            <div>
              <Action
                kind="quiet"
                busy={doing.busy}
                onAction={() => doing.run(() => services.adoptPreset({ preset: preset.id }), agreedWords(preset.name))}
              >
                {t('welcome_preset_use', agreedWords(preset.name))}
              </Action>
            </div>
          )}
        </>
      )}
      <Refused refusal={doing.refusal} />
      <Said>{isDone && t('welcome_preset_done', doing.said)}</Said>
    </Part>
  );
}
