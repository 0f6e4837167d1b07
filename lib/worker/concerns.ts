/** Whom a lead, a clock or an escalation concerns. Pure; shared by summary, panel and reminders, so that they agree. */
import { assertNever } from '../clock/assert-never';
import { escalationsOf, reachedSince, recipientOf, type Escalated, type Pressing } from '../clock/escalation';
import type { Agreement } from '../agreement/schema';
import type { Clock } from '../clock/types';
import type { PersonSettings } from '../settings/person';
import type { AgreementInForce } from './context';
import { isMine, type Owned, type Viewers } from './viewers';

export interface Me {
  readonly person: PersonSettings;
  readonly viewers: Viewers;
}

/** Whether this person is the one to act on a clock: sales on their own leads, marketing on what marketing owes. */
export function isMyClock(clock: Pick<Clock, 'owedBy'>, lead: Owned, { person, viewers }: Me): boolean {
  if (clock.owedBy === 'marketing') return person.side === 'marketing';
  return person.side !== 'marketing' && isMine(lead, viewers);
}

const same = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

function isToldOf({ to, owedBy }: Pick<Escalated, 'to'> & Pick<Clock, 'owedBy'>, lead: Owned, me: Me): boolean {
  const { person, viewers } = me;
  // Who follows the party that owes it sees all of it: that is what following is for.
  if (person.follows.includes(owedBy)) return true;
  switch (to.role) {
    case 'owner':
      return isMine(lead, viewers);
    case 'manager':
      return false;
    case 'marketing':
    case 'sales':
      return person.side === to.role || person.follows.includes(to.role);
    case 'named': {
      const viewer = Object.hasOwn(viewers, lead.id.origin) ? viewers[lead.id.origin] : undefined;
      const names = [viewer?.name, viewer?.id, person.name].filter((name) => name !== undefined);
      return to.name !== null && names.some((name) => same(name, to.name ?? ''));
    }
    default:
      return assertNever(to.role);
  }
}

const ownerOf = ({ fields: { owner, ownerId } }: Owned): string | null => owner ?? ownerId ?? null;

/**
 * Whether a clock that is not over has reached a level of which this person is told, though it may be another's to act on. What
 * an owner is told as the owner is no reason to act for the other side.
 */
export function isEscalatedTo(
  clock: Pressing,
  lead: Owned,
  { escalation }: Pick<Agreement, 'escalation'>,
  me: Me,
  now: number,
): boolean {
  const { owedBy } = clock;
  return escalation.some((level) => {
    if (reachedSince(clock, level, now) === null) return false;
    const to = recipientOf(level, ownerOf(lead), owedBy);
    const asOwner = to.role === 'owner' && !me.person.follows.includes(owedBy);
    return !asOwner && isToldOf({ to, owedBy }, lead, me);
  });
}

/** The highest level of escalation that a lead has reached and that this person is to know of. */
export function escalatedFor(
  lead: Owned,
  clocks: readonly Clock[],
  { agreement }: Pick<AgreementInForce, 'agreement'>,
  me: Me,
  now: number,
): Escalated | undefined {
  const reached = escalationsOf(clocks, agreement.escalation, ownerOf(lead), now);
  const last = reached.findLast((one) => isToldOf(one, lead, me));
  if (!last) return undefined;
  const { owedBy: _owedBy, ...escalated } = last;
  return escalated;
}
