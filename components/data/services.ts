/** What the screen of the data needs from the worker and the browser. */
import type { WorkerProtocol } from '../../lib/messages/contract';
import type { FileSink } from '../../lib/platform/save-file';
import type { Asks } from '../asking';

export interface DataServices extends Asks<WorkerProtocol, 'ledgerInfo' | 'exportPage' | 'importChunk' | 'eraseLead'> {
  /** Called inside the click; `null`: the person chose no place. */
  readonly openFile: (name: string) => Promise<FileSink | null>;
  readonly now: () => number;
}
