/** Who the lead is, as the CRM says. */
import type { Lead } from '../../lib/lead/lead';
import { t } from '../../lib/platform/i18n';
import styles from './lead-head.module.css';

export const leadName = ({ fields, id }: Lead): string => fields.name ?? id.recordId;

export interface LeadHeadProps {
  readonly lead: Lead;
  readonly crmLabel: string;
}

export function LeadHead({ lead, crmLabel }: LeadHeadProps) {
  const { company, owner, status, statusLabel } = lead.fields;
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('panel_status'), statusLabel ?? status ?? t('panel_not_read')],
    [t('panel_owner'), owner ?? t('panel_not_read')],
    [t('panel_crm'), crmLabel],
  ];
  return (
    <header className={styles.head}>
      <h1 className={styles.name}>{leadName(lead)}</h1>
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
