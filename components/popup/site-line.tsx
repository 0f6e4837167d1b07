/** The line at the bottom: which CRM this tab shows, how well it is read, and the switch for this site. */
import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon } from 'lucide-react';
import { assertNever } from '../../lib/clock/assert-never';
import type { PageHealth, SiteState } from '../../lib/messages/contract';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { wordsOr } from '../words';
import type { Site } from './services';
import styles from './site-line.module.css';

export type SiteTrouble = 'declined' | 'kept' | 'failed';

export interface SiteLineProps {
  /** `null` until it is known. */
  readonly site: SiteState | null;
  readonly trouble: SiteTrouble | null;
  readonly busy: boolean;
  readonly onTurnOn: (site: Site) => void;
  readonly onTurnOff: (site: Site) => void;
}

interface Words {
  readonly icon: LucideIcon;
  readonly line: string;
  readonly more?: string;
}

/** "hand-over date (2), owner (1)". */
function missingWords(missing: PageHealth['missing']): string {
  const number = new Intl.NumberFormat(language());
  const names = Object.entries(missing).map(
    ([field, count]) => `${wordsOr('popup_field', field, field)} (${number.format(count)})`,
  );
  return new Intl.ListFormat(language(), { type: 'unit', style: 'short' }).format(names);
}

function healthWords({ adapter, adapterLabel, surface, rows, read, missing }: PageHealth): Words {
  const crm = adapterLabel ?? adapter;
  if (crm === null) return { icon: CircleDashed, line: t('popup_site_no_crm') };
  if (surface === null || rows === 0) return { icon: CircleCheck, line: t('popup_site_no_rows', crm) };
  const number = new Intl.NumberFormat(language());
  const line = plural('popup_site_rows', rows, crm, number.format(read));
  const names = missingWords(missing);
  return {
    icon: read < rows ? CircleAlert : CircleCheck,
    line,
    ...(names === '' ? {} : { more: t('popup_site_missing', names) }),
  };
}

function siteWords(site: SiteState): Words {
  switch (site.kind) {
    case 'not-a-site':
      return { icon: CircleDashed, line: t('popup_site_none') };
    case 'off':
      return { icon: CircleDashed, line: t('popup_site_off', new URL(site.origin).host) };
    case 'on':
      return site.health ? healthWords(site.health) : { icon: CircleDashed, line: t('popup_site_waiting') };
    default:
      return assertNever(site);
  }
}

export function SiteLine({ site, trouble, busy, onTurnOn, onTurnOff }: SiteLineProps) {
  const words = site && siteWords(site);
  const Icon = words?.icon;
  return (
    <section className={styles.site} aria-label={t('popup_site')}>
      {trouble !== null && (
        <p role="alert" className={styles.trouble}>
          {t(`popup_site_${trouble}`)}
        </p>
      )}
      <div className={styles.line}>
        {Icon && <Icon size={14} aria-hidden="true" focusable="false" />}
        <p className={styles.words} title={words?.more}>
          {words?.line}
          {words?.more !== undefined && <span className={styles.more}>{words.more}</span>}
        </p>
        {site?.kind === 'off' && (
          <Action busy={busy} onAction={() => onTurnOn(site)}>
            {t('popup_turn_on')}
          </Action>
        )}
        {site?.kind === 'on' && !site.shipped && (
          <Action kind="plain" busy={busy} onAction={() => onTurnOff(site)}>
            {t('popup_turn_off')}
          </Action>
        )}
      </div>
    </section>
  );
}
