/**
 * The hours of a week as a grid of half-hours. Mouse: press and draw. Keyboard: arrows move, Space toggles, Shift with an arrow goes
 * on with what was toggled last. A screen reader hears day, time and state of the cell. Exact times stand in the fields below it.
 */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { weekdays, type Weekday } from '../../../lib/calendar/types';
import {
  slotsADay,
  slotSeconds,
  slotState,
  timeOf,
  withSlots,
  writtenOf,
  type WeekStretches,
  type WrittenWeek,
} from '../../../lib/agreement/week';
import { t } from '../../../lib/platform/i18n';
import { Hidden } from '../../ui/hidden';
import { useLatest } from '../use-latest';
import { dayName } from './day-names';
import styles from './week-grid.module.css';

export interface WeekGridProps {
  readonly open: WeekStretches;
  readonly breaks: WeekStretches;
  /** What is being drawn. */
  readonly draws: 'open' | 'breaks';
  readonly onChange: (week: WrittenWeek) => void;
}

interface Cell {
  readonly day: number;
  readonly slot: number;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const slots = Array.from({ length: slotsADay }, (_, slot) => slot);

const moves: Readonly<Record<string, readonly [day: number, slot: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Home: [0, -slotsADay],
  End: [0, slotsADay],
};

const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);

function filled(week: WeekStretches, from: Cell, to: Cell, isFilled: boolean): WeekStretches {
  const [first, last] = [Math.min(from.day, to.day), Math.max(from.day, to.day)];
  return Object.fromEntries(
    weekdays.map((day, index) => [
      day,
      index < first || index > last ? week[day] : withSlots(week[day], from.slot, to.slot, isFilled),
    ]),
  ) as unknown as WeekStretches;
}

export function WeekGrid({ open, breaks, draws, onChange }: WeekGridProps) {
  const [focus, setFocus] = useState<Cell>({ day: 0, slot: 18 });
  /** A drawing that has not ended: from where, to where, and whether it fills. */
  const [drawing, setDrawing] = useState<{ from: Cell; to: Cell; fills: boolean } | null>(null);
  const lastFills = useRef(true);
  const table = useRef<HTMLTableElement>(null);
  const drawn = draws === 'open' ? open : breaks;
  const shown = drawing ? filled(drawn, drawing.from, drawing.to, drawing.fills) : drawn;
  const [shownOpen, shownBreaks] = draws === 'open' ? [shown, breaks] : [open, shown];

  const finish = useLatest(() => {
    if (!drawing) return;
    setDrawing(null);
    onChange(writtenOf(shown));
  });
  const isDrawing = drawing !== null;
  useEffect(() => {
    if (!isDrawing) return undefined;
    const end = (): void => finish.current();
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    return () => {
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
  }, [isDrawing, finish]);

  const isFull = ({ day, slot }: Cell): boolean => slotState(drawn[weekdays[day] as Weekday], slot) === 'all';
  const go = (cell: Cell): void => {
    setFocus(cell);
    table.current?.querySelector<HTMLElement>(`[data-cell="${cell.day}-${cell.slot}"]`)?.focus();
  };
  const keys = (event: KeyboardEvent, cell: Cell): void => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      lastFills.current = !isFull(cell);
      onChange(writtenOf(filled(drawn, cell, cell, lastFills.current)));
      return;
    }
    const move = moves[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = { day: within(cell.day + move[0], 6), slot: within(cell.slot + move[1], slotsADay - 1) };
    if (event.shiftKey) onChange(writtenOf(filled(drawn, cell, next, lastFills.current)));
    go(next);
  };
  const words = (day: Weekday, slot: number): string => {
    const isOpen = slotState(shownOpen[day], slot);
    const state = isOpen !== 'none' && slotState(shownBreaks[day], slot) !== 'none' ? 'break' : isOpen;
    return t(
      'agreement_slot',
      dayName(day, 'long'),
      timeOf(slot * slotSeconds),
      timeOf((slot + 1) * slotSeconds),
      t(`agreement_slot_${state}`),
    );
  };
  return (
    <>
      <div className={styles['scroll']}>
        <table
          ref={table}
          className={styles['grid']}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the pattern of an editable table
          role="grid"
          aria-label={t(draws === 'open' ? 'agreement_week_open' : 'agreement_week_breaks')}
          aria-multiselectable="true"
        >
          <thead>
            <tr>
              <th scope="col">
                <Hidden>{t('agreement_day')}</Hidden>
              </th>
              {hours.map((hour) => (
                <th key={hour} scope="col" colSpan={2} className={styles['hour']}>
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((day, index) => (
              <tr key={day}>
                <th scope="row" className={styles['day']}>
                  {dayName(day, 'short')}
                </th>
                {slots.map((slot) => (
                  <td
                    key={slot}
                    data-cell={`${index}-${slot}`}
                    data-open={slotState(shownOpen[day], slot)}
                    data-break={slotState(shownOpen[day], slot) === 'none' ? 'none' : slotState(shownBreaks[day], slot)}
                    className={styles['slot']}
                    aria-label={words(day, slot)}
                    aria-selected={slotState(shown[day], slot) !== 'none'}
                    tabIndex={focus.day === index && focus.slot === slot ? 0 : -1}
                    onFocus={() => setFocus({ day: index, slot })}
                    onKeyDown={(event) => keys(event, { day: index, slot })}
                    onPointerDown={(event) => {
                      if (event.button !== 0) return;
                      // A captured pointer would tell no other cell that it came by.
                      event.currentTarget.releasePointerCapture?.(event.pointerId);
                      const cell = { day: index, slot };
                      lastFills.current = !isFull(cell);
                      setDrawing({ from: cell, to: cell, fills: lastFills.current });
                    }}
                    onPointerEnter={() => setDrawing((before) => before && { ...before, to: { day: index, slot } })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['legend']}>
        <span className={styles['key']}>
          <span className={styles['sample']} data-open="all" /> {t('agreement_slot_all')}
        </span>
        <span className={styles['key']}>
          <span className={styles['sample']} data-break="all" /> {t('agreement_slot_break')}
        </span>
        <span>{t('agreement_week_how')}</span>
      </p>
    </>
  );
}
