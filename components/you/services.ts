/** What the person's own settings need from the worker and the browser. */
import type { WorkerProtocol } from '../../lib/messages/contract';
import type { Asks } from '../asking';

export interface YouServices extends Asks<WorkerProtocol, 'person' | 'savePerson' | 'viewers'> {
  /** Whether the browser lets us notify. */
  readonly mayNotify: () => Promise<boolean>;
  /** Called inside the click: the browser asks only then. `false`: the person said no. */
  readonly allowNotices: () => Promise<boolean>;
  readonly now: () => number;
}
