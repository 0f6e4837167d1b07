/** The name that signs what a person does. CRM pages that were open offer theirs; typed, it is kept when the field is left. */
import { useState } from 'react';
import type { KnownViewer } from '../../lib/messages/sites';
import { t } from '../../lib/platform/i18n';
import { Frame } from '../agreement/fields/frame';
import { Action } from '../ui/action';
import { Line } from '../ui/part';

export interface NameFieldProps {
  readonly name: string;
  readonly viewers: readonly KnownViewer[];
  readonly isLocked?: boolean;
  readonly onName: (name: string) => void;
}

const mostOffers = 5;

export function NameField({ name, viewers, isLocked = false, onName }: NameFieldProps) {
  // What was typed belongs to the name that stood there: another one from outside takes its place.
  const [entry, setEntry] = useState({ of: name, text: name });
  const typed = entry.of === name ? entry.text : name;
  const setTyped = (text: string): void => setEntry({ of: name, text });
  const keep = (): void => {
    if (typed.trim() !== name) onName(typed.trim());
  };
  const offers = [...new Set(viewers.map((viewer) => viewer.name))].filter((one) => one !== name).slice(0, mostOffers);
  return (
    <>
      <Frame label={t('you_name')} hint={t('you_name_hint')}>
        {(control) => (
          <input
            {...control}
            type="text"
            autoComplete="name"
            value={typed}
            maxLength={200}
            readOnly={isLocked}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={keep}
            onKeyDown={({ key, nativeEvent }) => {
              if (key === 'Enter' && !nativeEvent.isComposing) keep();
            }}
          />
        )}
      </Frame>
      {!isLocked && offers.length > 0 && (
        <Line>
          <span>{t('you_name_offers')}</span>
          {offers.map((one) => (
            <Action key={one} kind="quiet" onAction={() => onName(one)}>
              {one}
            </Action>
          ))}
        </Line>
      )}
    </>
  );
}
