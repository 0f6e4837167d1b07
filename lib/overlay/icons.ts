/** The icon of each clock state, from Lucide's node data. Built with `createElementNS`: no markup is ever parsed. */
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
  type IconNode,
} from 'lucide';
import type { ClockState } from '../clock/types';

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

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Fills an `<svg>` with an icon, or makes one. */
export function drawIcon(doc: Document, icon: IconNode, into?: SVGSVGElement): SVGSVGElement {
  const svg = into ?? doc.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.replaceChildren(
    ...icon.map(([tag, attributes]) => {
      const shape = doc.createElementNS(svgNamespace, tag);
      for (const [name, value] of Object.entries(attributes))
        if (value !== undefined) shape.setAttribute(name, `${value}`);
      return shape;
    }),
  );
  return svg;
}
