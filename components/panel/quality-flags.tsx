/** What the agreement's rules find on the lead: which rule, what it says, what to do; and the way to say that it does not hold. */
import { TriangleAlert } from 'lucide-react';
import type { QualityFlag } from '../../lib/lead/quality-rules';
import type { LeadKey } from '../../lib/lead/lead';
import type { Act, AlikeLead } from '../../lib/messages/acts';
import { t } from '../../lib/platform/i18n';
import { DismissForm } from './forms/text-forms';
import type { FormSetting } from './forms/form-frame';
import styles from './quality-flags.module.css';
import { qualityWords } from './quality-words';

export interface QualityFlagsProps {
  readonly flags: readonly QualityFlag[];
  /** The other leads that flags name. */
  readonly alike: readonly AlikeLead[];
  readonly setting: FormSetting;
  /** What is open in the panel; `dismiss:` and a flag's own name is ours. */
  readonly open: string | null;
  readonly onOpen: (name: string | null) => void;
  /** Absent: this person may not dismiss one. */
  readonly onAct?: (act: Act) => void;
}

export function QualityFlags({ flags, alike, setting, open, onOpen, onAct }: QualityFlagsProps) {
  if (flags.length === 0) return null;
  return (
    <section className={styles.flags} aria-labelledby="panel-quality">
      <h2 id="panel-quality" className={styles.title}>
        {t('panel_quality')}
      </h2>
      <ul className={styles.list}>
        {flags.map((flag) => {
          const place = `dismiss:${flag.dismissAs}`;
          const { what, todo } = qualityWords(flag, setting.now);
          return (
            <li key={flag.dismissAs}>
              <TriangleAlert size={14} aria-hidden="true" focusable="false" />
              <div className={styles.flag}>
                <p>{what}</p>
                <p className={styles.small}>{todo}</p>
                {flag.what.code === 'duplicate' && <Others keys={flag.what.leads} alike={alike} />}
                <p className={styles.small}>
                  {t('panel_rule', t(`panel_rule_${flag.kind.replaceAll('-', '_')}`), t(`act_axis_${flag.axis}`))}
                </p>
                {onAct && open === place && <DismissForm setting={setting} rule={flag.dismissAs} onAct={onAct} />}
              </div>
              {onAct && (
                <button
                  type="button"
                  className={styles.dismiss}
                  data-place={place}
                  aria-expanded={open === place}
                  aria-label={t('act_dismiss_this', what)}
                  onClick={() => onOpen(open === place ? null : place)}
                >
                  {t('act_dismiss')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface OthersProps {
  readonly keys: readonly LeadKey[];
  readonly alike: readonly AlikeLead[];
}

/** The way to the other lead: whether two are one, a person sees there. */
function Others({ keys, alike }: OthersProps) {
  const others = alike.filter(({ lead }) => keys.includes(lead));
  if (others.length === 0) return null;
  return (
    <ul className={styles.others} aria-label={t('quality_others')}>
      {others.map(({ lead, name, url }) => (
        <li key={lead}>
          {url === null ? (
            name
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer" title={t('quality_other_opens')}>
              {name}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
