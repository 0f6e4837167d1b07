/** Pasting or dropping a list of repairs. It is read, and its CSS tried by this browser, before anything is kept. */
import { useId, useState, type DragEvent } from 'react';
import { isCss } from '../../lib/crm/repair';
import type { Repair, RepairFault } from '../../lib/messages/repairs';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Faults } from './faults';
import styles from './repairs.module.css';
import type { OptionsServices } from './services';

/** Characters that are read of a dropped file; a longer one is refused by its length. */
const longest = 200_001;

type Outcome =
  | { readonly kind: 'faults'; readonly faults: readonly RepairFault[] }
  | { readonly kind: 'kept'; readonly count: number }
  | { readonly kind: 'not-saved' };

/** Alternatives that this browser can't read as CSS. */
function cssFaults(repairs: readonly Repair[]): RepairFault[] {
  return repairs.flatMap(({ selectors }, index) =>
    Object.entries(selectors).flatMap(([name, alternatives]) =>
      alternatives.flatMap(({ css }, at): RepairFault[] =>
        isCss(css, document) ? [] : [{ path: `[${index}].selectors.${name}[${at}].css`, hint: 'css' }],
      ),
    ),
  );
}

async function submit(text: string, services: OptionsServices): Promise<Outcome> {
  const reading = await services.readRepairs(text.slice(0, longest));
  const faults = reading.ok ? cssFaults(reading.repairs) : reading.faults;
  if (!reading.ok || faults.length > 0) return { kind: 'faults', faults };
  const kept = await services.keepRepairs(reading.repairs);
  return kept ? { kind: 'kept', count: reading.repairs.length } : { kind: 'not-saved' };
}

export interface RepairFormProps {
  readonly services: OptionsServices;
  readonly onKept: () => void;
}

export function RepairForm({ services, onKept }: RepairFormProps) {
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();

  const use = async (): Promise<void> => {
    setBusy(true);
    const next = await submit(text, services).catch((): Outcome => ({ kind: 'not-saved' }));
    setBusy(false);
    setOutcome(next);
    if (next.kind !== 'kept') return;
    setText('');
    onKept();
  };
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    setOutcome(null);
    void file.slice(0, longest).text().then(setText);
  };
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{t('options_repair_add')}</h3>
      <label htmlFor={id}>{t('options_repair_paste')}</label>
      <textarea
        id={id}
        className={styles.text}
        rows={10}
        spellCheck={false}
        value={text}
        aria-invalid={outcome?.kind === 'faults' || undefined}
        onChange={({ target }) => {
          setText(target.value);
          setOutcome(null);
        }}
        onDrop={drop}
      />
      {outcome?.kind === 'faults' && <Faults title={t('options_repair_wrong')} faults={outcome.faults} urgent />}
      {outcome?.kind === 'not-saved' && <p role="alert">{t('options_not_saved')}</p>}
      <div className={styles.row}>
        <Action busy={busy || text.trim() === ''} onAction={() => void use()}>
          {t('options_repair_use')}
        </Action>
        <output>{outcome?.kind === 'kept' && plural('options_repair_kept', outcome.count)}</output>
      </div>
    </section>
  );
}
