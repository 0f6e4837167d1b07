/** State and time left of one clock. Its box keeps its size while it ticks. */
import type { ClockState } from '../../lib/clock/types';
import { stateWords } from '../words';
import { Hidden } from './hidden';
import styles from './state-badge.module.css';
import { StateIcon } from './state-icon';

export interface StateBadgeProps {
  readonly state: ClockState;
  /** Time left, as short as it gets; `null` shows the state in words instead. */
  readonly left: string | null;
}

export function StateBadge({ state, left }: StateBadgeProps) {
  return (
    <span className={styles.badge} data-state={state}>
      <span className={styles.icon}>
        <StateIcon state={state} />
      </span>
      {left === null ? (
        <span className={styles.text}>{stateWords(state)}</span>
      ) : (
        <>
          <Hidden>{`${stateWords(state)}, `}</Hidden>
          <span className={styles.text}>{left}</span>
        </>
      )}
    </span>
  );
}
