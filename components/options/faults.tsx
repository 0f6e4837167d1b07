/** What is wrong with a list of repairs: where, and what to write there instead. */
import type { RepairFault } from '../../lib/messages/repairs';
import { catalogue } from '../../lib/crm/catalogue';
import { t } from '../../lib/platform/i18n';
import styles from './repairs.module.css';

export interface FaultsProps {
  readonly title: string;
  readonly faults: readonly RepairFault[];
  readonly urgent?: boolean;
}

function hintWords(hint: RepairFault['hint']): string {
  const key = `options_repair_hint_${hint.replaceAll('-', '_')}`;
  return hint === 'adapter' ? t(key, catalogue.map(({ id }) => id).join(', ')) : t(key);
}

export function Faults({ title, faults, urgent = false }: FaultsProps) {
  return (
    <div className={styles.faults} role={urgent ? 'alert' : undefined}>
      <p className={styles.name}>{title}</p>
      <ul>
        {faults.map(({ path, hint }) => (
          <li key={`${path}|${hint}`}>
            {path !== '' && (
              <>
                <code>{path}</code>
                {': '}
              </>
            )}
            {hintWords(hint)}
          </li>
        ))}
      </ul>
    </div>
  );
}
