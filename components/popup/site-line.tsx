/** The line at the bottom: which CRM this tab shows, how well it is read, the switch for this site, the ways to other pages of ours. */
import {
  ChartColumn,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  Clock,
  PanelRight,
  Settings,
  type LucideIcon,
} from 'lucide-react';
import { assertNever } from '../../lib/clock/assert-never';
import type { PageHealth } from '../../lib/messages/page-health';
import type { SiteState } from '../../lib/messages/sites';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { emptyRunAtLeast, listWords, wordsOr } from '../words';
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
  /** `null` where the browser has no place beside the page. */
  readonly onSidebar: (() => void) | null;
  readonly sidebarFailed: boolean;
  readonly onOptions: () => void;
  /** To where the person says in which zone a site shows times. */
  readonly onTimes: () => void;
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
  const { surface, rows, read, whole, missing, emptyRun = 0 } = health;
  const crm = health.adapterLabel ?? health.adapter;
  if (crm === null) return { icon: CircleDashed, line: t('popup_site_no_crm') };
  if (health.noSurface) return { icon: CircleAlert, line: t('popup_site_no_surface', crm) };
  const changed = changedNames(health.problems);
  if (changed.length > 0) return { icon: CircleAlert, line: t('popup_site_changed', crm, listWords(changed)) };
  const number = new Intl.NumberFormat(language());
  if (emptyRun >= emptyRunAtLeast)
    return {
      icon: CircleQuestionMark,
      line: t('popup_site_empty_run', crm, number.format(emptyRun - 1)),
      more: t('popup_site_empty_more'),
    };
  if (surface === null || rows === 0) return { icon: CircleDashed, line: t('popup_site_no_rows', crm) };
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

export function SiteLine(props: SiteLineProps) {
  const { site, trouble, busy, onTurnOn, onTurnOff, onSidebar, sidebarFailed, onOptions, onTimes, onReport } = props;
  const words = site && siteWords(site);
  const Icon = words?.icon;
  return (
    <section className={styles.site} aria-label={t('popup_site')}>
      {trouble !== null && (
        <p role="alert" className={styles.trouble}>
          {t(`popup_site_${trouble}`)}
        </p>
      )}
      {sidebarFailed && (
        <p role="alert" className={styles.trouble}>
          {t('sidebar_not_opened')}
        </p>
      )}
      {site?.kind === 'on' && site.zoneWanted && (
        <div className={styles.line}>
          <Clock size={14} aria-hidden="true" focusable="false" />
          <p className={styles.words}>{t('popup_site_zone')}</p>
          <Action kind="quiet" onAction={onTimes}>
            {t('popup_site_zone_set')}
          </Action>
        </div>
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
        <div className={styles.ways}>
          {onSidebar && <Way icon={PanelRight} words={t('sidebar_open')} onWay={onSidebar} />}
          <Way icon={ChartColumn} words={t('report_open')} onWay={onReport} />
          <Way icon={Settings} words={t('popup_options')} onWay={onOptions} />
        </div>
      </div>
    </section>
  );
}

interface WayProps {
  readonly icon: LucideIcon;
  readonly words: string;
  readonly onWay: () => void;
}

/** To another page of ours: an icon, with its words for who hovers or listens. */
function Way({ icon: Icon, words, onWay }: WayProps) {
  return (
    <Action kind="plain" hint={words} onAction={onWay}>
      <Icon size={16} aria-hidden="true" focusable="false" className={styles.icon} />
      <Hidden>{words}</Hidden>
    </Action>
  );
}
