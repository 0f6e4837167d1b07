/** What marketing handed over: where the lead came from, what it is, why it was passed, and what it still lacks. */
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { HandOff } from '../../lib/messages/acts';
import { language, t } from '../../lib/platform/i18n';
import styles from './hand-off-card.module.css';
import { fieldLabel, stageWords } from './labels';

export interface HandOffCardProps {
  readonly handOff: HandOff;
  readonly now: number;
}

export function HandOffCard({ handOff, now }: HandOffCardProps) {
  const { at, source, campaign, stage, persona, why, missing } = handOff;
  const rows: readonly (readonly [label: string, value: string | null])[] = [
    [t('panel_source'), source],
    [t('panel_campaign'), campaign],
    [t('panel_stage'), stage === null ? null : stageWords(stage)],
    [t('panel_persona'), persona],
  ];
  const list = new Intl.ListFormat(language(), { style: 'long', type: 'conjunction' });
  return (
    <section className={styles.card} aria-labelledby="panel-hand-off">
      <h2 id="panel-hand-off" className={styles.title}>
        {t('panel_hand_off')}
        {at !== null && (
          <time dateTime={new Date(at).toISOString()} title={formatFullInstant(at, language())} className={styles.at}>
            {' '}
            {formatInstant(at, now, language())}
          </time>
        )}
      </h2>
      <dl className={styles.rows}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-empty={value === null || undefined}>{value ?? t('panel_not_read')}</dd>
          </div>
        ))}
        <div className={styles.wide}>
          <dt>{t('panel_why')}</dt>
          <dd data-empty={why === null || undefined}>{why ?? t('panel_why_unsaid')}</dd>
        </div>
        <div className={styles.wide}>
          <dt>{t('panel_missing')}</dt>
          <dd data-empty={missing.length === 0 || undefined}>
            {missing.length === 0 ? t('panel_nothing_missing') : list.format(missing.map(fieldLabel))}
          </dd>
        </div>
      </dl>
    </section>
  );
}
