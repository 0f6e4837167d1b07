/** The head of the review: what the meeting goes through, when the next one is due, and what changed since the period before. */
import { nextReview, reviewsOf } from '../../lib/agreement/review';
import { use } from 'react';
import { language, t } from '../../lib/platform/i18n';
import { OpenLeads } from './open-leads';
import { dateAt } from './query';
import { countWords, rangeWords } from './report-words';
import { headlineItems } from './headline-items';
import { TodoWords } from './log';
import styles from './review.module.css';
import { DecisionsOfReport, openActions } from './use-decisions';
import type { SectionProps } from './view';

const agenda = ['numbers', 'changes', 'actions', 'decisions'] as const;

export function Review({ view }: SectionProps) {
  const { agreement } = view.gathered.terms;
  const { review } = agreement;
  const { timeZone, now } = view.gathered.columns;
  const actions = openActions(use(DecisionsOfReport).all);
  const moved = view.before
    ? headlineItems(view).filter(({ trend }) => trend.direction === 'better' || trend.direction === 'worse')
    : [];
  const date = nextReview(reviewsOf(agreement, timeZone), dateAt(now, timeZone));
  const next =
    date === null
      ? t('report_review_no_date')
      : t(
          review.next === undefined ? 'report_review_next_counted' : 'report_review_next',
          new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date)),
        );
  const minutes = review.minutes === undefined ? null : t('report_review_minutes', countWords(review.minutes));
  return (
    <section className={styles.review} aria-label={t('report_review')}>
      <h3 className={styles.title}>{t('report_review')}</h3>
      <p className={styles.soft}>
        {[t(`report_cadence_${review.cadence.replaceAll('-', '_')}`), minutes, next].filter(Boolean).join(' · ')}
      </p>
      <ol className={styles.agenda}>
        {agenda.map((point) => (
          <li key={point}>{t(`report_agenda_${point}`)}</li>
        ))}
      </ol>
      <h3 className={styles.title}>{t('report_changes')}</h3>
      {moved.length === 0 ? (
        <p>{view.before ? t('report_changes_none') : t('report_changes_off')}</p>
      ) : (
        <ul className={styles.changes}>
          {moved.map(({ key, title, result, trendWords, behind, behindBefore }) => (
            <li key={key}>
              {title}:{' '}
              <strong>
                <OpenLeads behind={behind} words={result} onBehind={view.tools.onBehind} />
              </strong>
              ,{' '}
              {behindBefore ? (
                <OpenLeads behind={behindBefore} words={trendWords} onBehind={view.tools.onBehind} quiet />
              ) : (
                trendWords
              )}{' '}
              {behindBefore && (
                // A promise is compared in its own period, which need not be the one that is looked at.
                <span className={styles.soft}>
                  {t(
                    'report_changes_between',
                    rangeWords(behind.window, timeZone),
                    rangeWords(behindBefore.window, timeZone),
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <h3 className={styles.title}>{t('report_open_actions')}</h3>
      {actions.length === 0 ? (
        <p>{t('report_open_actions_none')}</p>
      ) : (
        <ul className={styles.changes}>
          {actions.map((action) => (
            <li key={action.id}>
              <bdi>{action.text}</bdi>{' '}
              <span className={styles.soft}>
                <TodoWords decision={action} today={dateAt(now, timeZone)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
