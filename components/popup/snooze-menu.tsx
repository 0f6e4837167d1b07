/**
 * Until when reminders are to be silent: a small menu above the bottom line, because a popup has no room beside a row. Says
 * that only reminders are silent: a snooze that looked like more time would be a lie about the clock.
 */
import { useEffect, useId, useRef, type FocusEvent, type KeyboardEvent } from 'react';
import type { OpenHours } from '../../lib/messages/observing';
import { plural, t } from '../../lib/platform/i18n';
import { snoozeMoments } from '../panel/moments';
import { KeyCap } from '../ui/key-cap';
import styles from './snooze-menu.module.css';

export interface SnoozeMenuProps {
  /** How many leads it is about. */
  readonly count: number;
  /** Of the only one. */
  readonly name: string | null;
  readonly open: OpenHours;
  readonly now: number;
  readonly onChoose: (until: number) => void;
  /** The focus went elsewhere. */
  readonly onLeave: () => void;
}

function wordsOf({ id, label }: { readonly id: string; readonly label: string }): string {
  return id === 'working' ? t('popup_snooze_working', label) : label;
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

export function SnoozeMenu({ count, name, open, now, onChoose, onLeave }: SnoozeMenuProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const moments = snoozeMoments(open, now).flatMap((moment) =>
    moment.at === null ? [] : [{ ...moment, at: moment.at }],
  );
  const items = (): HTMLElement[] => Array.from(menu.current?.querySelectorAll('button') ?? []);
  useEffect(() => menu.current?.querySelector('button')?.focus(), [menu]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const step = steps[key];
    const all = items();
    if (step !== undefined) {
      const at = all.findIndex((item) => item === document.activeElement);
      all.at((at + step + all.length) % all.length)?.focus();
    } else if (key === 'Home' || key === 'End') all.at(key === 'Home' ? 0 : -1)?.focus();
    else if (key === 's' && !event.repeat) moments.slice(0, 1).forEach(({ at }) => onChoose(at));
    else if (/^[1-9]$/.test(key)) moments.slice(Number(key) - 1, Number(key)).forEach(({ at }) => onChoose(at));
    else return;
    event.preventDefault();
  };
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) onLeave();
  };
  return (
    <div className={styles.sheet} onBlur={onBlur}>
      <h2 id={`${id}-title`} className={styles.title}>
        {name === null ? plural('popup_snooze_title', count) : t('popup_snooze_title_of', name)}
      </h2>
      <p id={`${id}-hint`} className={styles.hint}>
        {t('act_snooze_hint')}
      </p>
      <div
        ref={menu}
        role="menu"
        tabIndex={-1}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-hint`}
        className={styles.menu}
        onKeyDown={onKeyDown}
      >
        {moments.map((moment, index) => (
          <button
            key={moment.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={styles.item}
            aria-keyshortcuts={index === 0 ? 's 1' : String(index + 1)}
            onClick={() => onChoose(moment.at)}
          >
            {wordsOf(moment)}
            <KeyCap name={index === 0 ? 's' : String(index + 1)} />
          </button>
        ))}
      </div>
    </div>
  );
}
