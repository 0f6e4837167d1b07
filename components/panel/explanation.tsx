/** Why a clock is due when it is due, step by step (rule 17). */
import { formatDuration } from '../../lib/clock';
import { assertNever } from '../../lib/clock/assert-never';
import type { ExplainStep } from '../../lib/clock/explain-types';
import { language, plural, t } from '../../lib/platform/i18n';
import { instantWords, stretchWords } from '../clock/when';
import { wordsOr } from '../words';
import styles from './explanation.module.css';

export interface ExplanationProps {
  readonly steps: readonly ExplainStep[];
  readonly crmLabel: string;
  /** Zone of the clock's calendar; absent for elapsed time: the reader's own. */
  readonly timeZone?: string | undefined;
}

interface StepWords {
  readonly when: string | null;
  readonly what: string;
}

const authorWords = (author: string, crmLabel: string): string => (author.startsWith('crm:') ? crmLabel : author);

function stepWords(step: ExplainStep, crmLabel: string, timeZone?: string): StepWords {
  const length = (ms: number): string => formatDuration(ms, language());
  switch (step.kind) {
    case 'start':
      return {
        when: instantWords(step.at, timeZone),
        what: wordsOr('explain_event', step.event, t('explain_event_other')),
      };
    case 'gap':
      return { when: stretchWords(step.from, step.to, timeZone), what: t(`explain_gap_${step.reason}`) };
    case 'open':
      return {
        when: stretchWords(step.from, step.to, timeZone),
        what:
          step.leftMs > 0
            ? t('explain_open', length(step.countedMs), length(step.leftMs))
            : t('explain_open_last', length(step.countedMs)),
      };
    case 'pause': {
      const reason = wordsOr('explain_pause', step.reason, step.reason);
      return {
        when: step.to === null ? instantWords(step.from, timeZone) : stretchWords(step.from, step.to, timeZone),
        what: t(
          step.to === null ? 'explain_pause_open' : 'explain_pause_over',
          reason,
          authorWords(step.author, crmLabel),
        ),
      };
    }
    case 'extension':
      return { when: instantWords(step.at, timeZone), what: t('explain_extension', length(step.extraMs)) };
    case 'due': {
      const clause = step.clause === null ? '' : ` · ${t('explain_clause', step.clause)}`;
      return {
        when: instantWords(step.at, timeZone),
        what: `${t('explain_due_step', length(step.targetMs))}${clause}`,
      };
    }
    case 'no-due':
      return { when: null, what: t(`explain_no_due_${step.reason.replaceAll('-', '_')}`) };
    case 'more':
      return { when: null, what: plural('explain_more', step.count, length(step.countedMs)) };
    default:
      return assertNever(step);
  }
}

export function Explanation({ steps, crmLabel, timeZone }: ExplanationProps) {
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => {
        const { when, what } = stepWords(step, crmLabel, timeZone);
        return (
          // Steps have no id and never move among themselves.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={styles.step} data-kind={step.kind}>
            {when !== null && <span className={styles.when}>{when}</span>} <span className={styles.what}>{what}</span>
          </li>
        );
      })}
    </ol>
  );
}
