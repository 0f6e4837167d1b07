/** Which versions a person has still to read: the one in force, and those that come. For the popup, which must not wait for more. */
import type { AgreementState } from '../messages/agreements';
import { readPerson } from '../settings/person';
import { acknowledgements, agreementLead } from './agreement-facts';
import type { WorkerContext } from './context';

export async function unreadVersions(context: WorkerContext): Promise<AgreementState['toAcknowledge']> {
  const [{ coming, known }, { person }] = await Promise.all([context.agreement(), readPerson()]);
  const mine = [...coming.toReversed(), ...known.slice(0, 1)].filter(({ source }) => source !== 'built-in');
  if (mine.length === 0) return [];
  const key = ({ document: { id, version } }: (typeof mine)[number]): string => agreementLead(id, version);
  const said = await acknowledgements(mine.map(key), context);
  return mine
    .filter((one) => !(said.get(key(one)) ?? []).some(({ by }) => by === person.name))
    .map(({ document: { id, version, effectiveFrom } }) =>
      effectiveFrom === undefined ? { id, version } : { id, version, effectiveFrom },
    );
}
