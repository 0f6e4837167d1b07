/** The clock's public face: facts + lead + agreement + now → clocks, what a page shows of them, and why. */
export { evaluate, evaluateAll } from './evaluate';
export { explain } from './explain';
export { formatDuration, formatFullInstant, formatInstant, formatLeft } from './format';
export { tick } from './tick';
export { compareUrgency } from './urgency';
export type { ExplainStep } from './explain-types';
export type { Clock } from './types';
