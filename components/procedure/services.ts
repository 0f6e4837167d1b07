/** What the change procedure needs from the worker and the browser. The entry point gives it; tests give their own. */
import type { LeadKey } from '../../lib/lead/lead';
import type { AgreementProtocol } from '../../lib/messages/agreements';
import type { PolicySiteServices } from '../../lib/messages/policy-sites';
import type { TeamProtocol } from '../../lib/messages/team';
import type { PersonSettings } from '../../lib/settings/person';
import type { Asks } from '../asking';

type Team = Asks<TeamProtocol, 'saveTeamAddress' | 'readTeamAddress' | 'publishToTeam'>;

export interface ProcedureServices
  extends
    PolicySiteServices,
    Team,
    Asks<
      AgreementProtocol,
      | 'agreementState'
      | 'startDraft'
      | 'dropDraft'
      | 'propose'
      | 'sign'
      | 'withdraw'
      | 'publish'
      | 'chooseVersion'
      | 'acknowledge'
      | 'dryRun'
      | 'dryRunRows'
      | 'cancelDryRun'
      | 'applyToOpen'
      | 'importDocument'
      | 'exportDocument'
      | 'policyFiles'
    > {
  readonly person: () => Promise<PersonSettings>;
  /**
   * Asks the browser whether we may read the site of an address; called inside the click, because it asks only then.
   * `isCrm`: it was allowed before.
   */
  readonly allowSite: (url: string) => Promise<{ readonly granted: boolean; readonly isCrm: boolean }>;
  readonly openLead: (lead: LeadKey) => Promise<boolean>;
  readonly saveFile: (name: string, text: string) => void;
  readonly copy: (text: string) => Promise<void>;
  /** The agreement that the page's address carries, as a link; `null` where it carries none. */
  readonly givenLink: () => string | null;
  readonly now: () => number;
}
