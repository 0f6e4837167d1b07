/** What the first run needs from the worker and the browser. */
import type { AgreementProtocol } from '../../lib/messages/agreements';
import type { WorkerProtocol } from '../../lib/messages/contract';
import type { PolicySiteServices } from '../../lib/messages/policy-sites';
import type { Asks } from '../asking';

export interface WelcomeServices
  extends
    PolicySiteServices,
    Asks<WorkerProtocol, 'person' | 'savePerson' | 'viewers'>,
    Asks<AgreementProtocol, 'adoptPreset'> {
  /** Called inside the click: the browser asks only then. `false`: the person said no. */
  readonly turnOn: (pattern: string) => Promise<boolean>;
  readonly now: () => number;
  readonly openOptions: () => void;
  /** The page is done with. */
  readonly leave: () => void;
}
