/** The line at the bottom: which CRM this tab shows, how well it is read, the switch for this site, the way to the options. */
import { ChartColumn, CircleAlert, CircleCheck, CircleDashed, Settings, type LucideIcon } from 'lucide-react';
import { assertNever } from '../../lib/clock/assert-never';
import type { PageHealth, SiteState } from '../../lib/messages/contract';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { listWords, wordsOr } from '../words';
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
  readonly onOptions: () => void;
  readonly onReport: () => void;
}

interface Words {
  readonly icon: LucideIcon;
  readonly line: string;
  readonly more?: string;
}

/** "hand-off date (2), owner (1)". */
function missingWords(missing: PageHealth['missing']): string {
  const number = new Intl.NumberFormat(language());
  return listWords(
    Object.entries(missing).map(
      ([field, count]) => `${wordsOr('popup_field', field, field)} (${number.format(count)})`,
    ),
  );
}

/** What the CRM no longer shows on pages like this one: fields by their words, anything else by our name for it. */
const changedNames = (problems: PageHealth['problems']): string[] =>
  problems.flatMap(({ code, detail }) =>
    code === 'page-changed' && detail !== undefined ? [wordsOr('popup_field', detail, `“${detail}”`)] : [],
  );

function healthWords(health: PageHealth): Words {
  const { surface, rows, read, whole, missing } = health;
  const crm = health.adapterLabel ?? health.adapter;
  if (crm === null) return { icon: CircleDashed, line: t('popup_site_no_crm') };
  if (health.noSurface) return { icon: CircleAlert, line: t('popup_site_no_surface', crm) };
  const changed = changedNames(health.problems);
  if (changed.length > 0) return { icon: CircleAlert, line: t('popup_site_changed', crm, listWords(changed)) };
  if (surface === null || rows === 0) return { icon: CircleCheck, line: t('popup_site_no_rows', crm) };
  const number = new Intl.NumberFormat(language());
  if (whole === rows) return { icon: CircleCheck, line: plural('popup_site_rows', rows, crm, number.format(read)) };
  const fields = listWords(Object.keys(missing).map((field) => wordsOr('popup_field', field, field)));
  return {
    icon: CircleAlert,
    line: plural('popup_site_partly', rows, crm, number.format(rows - whole), fields),
    more: t('popup_site_missing', missingWords(missing)),
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

export function SiteLine({ site, trouble, busy, onTurnOn, onTurnOff, onOptions, onReport }: SiteLineProps) {
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
        <Action kind="plain" onAction={onReport}>
          <ChartColumn size={16} aria-hidden="true" focusable="false" className={styles.gear} />
          <Hidden>{t('report_open')}</Hidden>
        </Action>
        <Action kind="plain" onAction={onOptions}>
          <Settings size={16} aria-hidden="true" focusable="false" className={styles.gear} />
          <Hidden>{t('popup_options')}</Hidden>
        </Action>
      </div>
    </section>
  );
}
