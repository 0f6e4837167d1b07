/** The icon of each clock state and of each mark, as Lucide's node data. */
import {
  AlarmClock,
  CalendarClock,
  Check,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Flag,
  Pause,
  RotateCcw,
  SquareCheck,
  Timer,
  TriangleAlert,
  type IconNode,
} from 'lucide';
import type { ClockState } from '../clock/types';
import type { Sign } from './signs';

/** Done, but late: the double check of "done" with the dot of "look here". */
const checkCheckDot: IconNode = [...CheckCheck, ['circle', { cx: '20', cy: '19', r: '2.5', fill: 'currentColor' }]];

/** Lucide's `eye-off` in one path, its corners rounded to what ten pixels show: this script is small. */
const eyeOff: IconNode = [
  [
    'path',
    {
      d: 'm2 2 20 20M11 5a11 11 0 0 1 11 7 11 11 0 0 1-1.5 2.5M14 14a3 3 0 0 1-4-4M17.5 17.5A11 11 0 0 1 2 12a11 11 0 0 1 4.5-5.5',
    },
  ],
];

export const stateIcons: Readonly<Record<ClockState, IconNode>> = {
  scheduled: CalendarClock,
  running: Timer,
  'at-risk': AlarmClock,
  overdue: CircleAlert,
  paused: Pause,
  met: Check,
  missed: checkCheckDot,
  ended: CircleSlash,
  unknown: CircleQuestionMark,
};

/** In the place of the state while a lead is selected. */
export const selectedIcon: IconNode = SquareCheck;

export const signIcons: Readonly<Record<Sign, IconNode>> = {
  outdated: eyeOff,
  flag: Flag,
  rejected: CircleX,
  recycled: RotateCcw,
  auto: TriangleAlert,
  accepted: CircleCheck,
};
