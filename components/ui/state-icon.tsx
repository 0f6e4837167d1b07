/** One icon for each clock state: the colour is never the only signal. Decoration: the words stand beside it. */
import {
  AlarmClock,
  CalendarClock,
  Check,
  CheckCheck,
  CircleAlert,
  CircleQuestionMark,
  CircleSlash,
  Pause,
  Timer,
  type LucideIcon,
} from 'lucide-react';
import type { ClockState } from '../../lib/clock/types';

const icons: Readonly<Record<ClockState, LucideIcon>> = {
  scheduled: CalendarClock,
  running: Timer,
  'at-risk': AlarmClock,
  overdue: CircleAlert,
  paused: Pause,
  met: Check,
  missed: CheckCheck,
  ended: CircleSlash,
  unknown: CircleQuestionMark,
};

export function StateIcon({ state, size = 14 }: { readonly state: ClockState; readonly size?: number }) {
  const Icon = icons[state];
  return <Icon size={size} strokeWidth={2.25} aria-hidden="true" focusable="false" />;
}
