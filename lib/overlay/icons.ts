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
  EyeOff,
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
  outdated: EyeOff,
  flag: Flag,
  rejected: CircleX,
  recycled: RotateCcw,
  auto: TriangleAlert,
  accepted: CircleCheck,
};
