/** Which CRM: those that are on from the start are said; one on a host of one's own is switched on by its address. */
import { useState } from 'react';
import { catalogue } from '../../lib/crm/catalogue';
import { t } from '../../lib/platform/i18n';
import { Frame } from '../agreement/fields/frame';
import { PolicySites } from '../policy-sites';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Part, Said, Soft, Wrong } from '../ui/part';
import { readAddress } from './address';
import type { WelcomeServices } from './services';
import styles from './welcome.module.css';

const byName = catalogue.toSorted((a, b) => a.label.localeCompare(b.label));

export function CrmStep({ services }: { readonly services: WelcomeServices }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const crm = byName.find(({ id }) => id === chosen);
  return (
    <Part level={2} title={t('welcome_crm')}>
      <PolicySites services={services} />
      <Choice
        label={t('welcome_crm_which')}
        options={byName.map(({ id, label }) => ({ id, label }))}
        value={chosen}
        onChange={setChosen}
      />
      {crm && crm.hosts.length > 0 && <p>{t('welcome_crm_on', crm.label)}</p>}
      {crm?.selfHosted && <OwnHost key={crm.id} label={crm.label} services={services} />}
      <Soft>{t('welcome_crm_later')}</Soft>
    </Part>
  );
}

interface OwnHostProps {
  readonly label: string;
  readonly services: Pick<WelcomeServices, 'turnOn'>;
}

type Outcome = { readonly is: 'none' | 'declined' | 'failed' | 'wrong' } | { readonly is: 'on'; readonly host: string };

function OwnHost({ label, services }: OwnHostProps) {
  const [typed, setTyped] = useState('');
  const [outcome, setOutcome] = useState<Outcome>({ is: 'none' });
  const turnOn = (): void => {
    const address = readAddress(typed);
    if (!address.ok) {
      setOutcome({ is: 'wrong' });
      return;
    }
    // Nothing may come before this: the browser asks only inside the click.
    services.turnOn(address.pattern).then(
      (granted) => setOutcome(granted ? { is: 'on', host: address.host } : { is: 'declined' }),
      () => setOutcome({ is: 'failed' }),
    );
  };
  return (
    <form
      className={styles.own}
      onSubmit={(event) => {
        event.preventDefault();
        turnOn();
      }}
    >
      <Frame
        label={t('welcome_own', label)}
        hint={t('welcome_own_hint')}
        problem={outcome.is === 'wrong' ? t('welcome_own_wrong') : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="url"
            autoComplete="url"
            spellCheck={false}
            maxLength={300}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              setOutcome({ is: 'none' });
            }}
          />
        )}
      </Frame>
      <div>
        <Action kind="quiet" busy={typed.trim() === ''} onAction={turnOn}>
          {t('welcome_own_on')}
        </Action>
      </div>
      <Said>{outcome.is === 'on' && t('welcome_own_done', outcome.host)}</Said>
      {outcome.is === 'declined' && <Wrong>{t('welcome_own_declined')}</Wrong>}
      {outcome.is === 'failed' && <Wrong>{t('popup_failed')}</Wrong>}
    </form>
  );
}
