/** Who the lead is, as the CRM says, and the stage that its status means. */
import type { Lead } from '../../lib/lead/lead';
import { t } from '../../lib/platform/i18n';
import { stageWords } from './labels';
import styles from './lead-head.module.css';

export const leadName = ({ fields, id }: Lead): string => fields.name ?? id.recordId;

export interface LeadHeadProps {
  readonly lead: Lead;
  readonly crmLabel: string;
  readonly stage: string | null;
}

export function LeadHead({ lead, crmLabel, stage }: LeadHeadProps) {
  const { company, owner, status, statusLabel } = lead.fields;
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('panel_status'), statusLabel ?? status ?? t('panel_not_read')],
    [t('panel_owner'), owner ?? t('panel_not_read')],
    [t('panel_crm'), crmLabel],
  ];
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h1 className={styles.name}>{leadName(lead)}</h1>
        {stage !== null && <p className={styles.stage}>{stageWords(stage)}</p>}
      </div>
      {company !== undefined && <p className={styles.company}>{company}</p>}
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
