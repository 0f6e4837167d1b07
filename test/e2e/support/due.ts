/**
 * Which leads of the demo CRM should be overdue, at risk or due today: worked out from its own naive count of working
 * minutes, for the moment of the question, with nothing of the product's.
 */
import { nearCount } from '../../demo-crm/api.ts';
import type { DemoLead } from '../../demo-crm/leads.ts';
import { overseas } from '../../demo-crm/names.ts';
import type { DemoCrm } from '../../demo-crm/server.ts';
import { officeHours, workingMinutes, type OpenHours } from '../../demo-crm/working-minutes.ts';
import { closedZone } from '../../tools/demo-agreement.ts';

/** The demo's agreement, in working minutes. */
const promises = [
  { commitment: 'accept', target: 240 },
  { commitment: 'first-touch', target: 60 },
] as const;
const atRiskShare = 0.75;

/** Taken when the agreement is, at the start of the tests. */
const overseasHours: OpenHours = { zone: closedZone(Date.now()), days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 };

type Group = 'overdue' | 'at-risk' | 'today';

interface DueLead {
  readonly lead: DemoLead;
  readonly group: Group;
  readonly dueAt: number;
}

const order: readonly Group[] = ['overdue', 'at-risk', 'today'];

const byUrgency = (a: DueLead, b: DueLead): number =>
  order.indexOf(a.group) - order.indexOf(b.group) || a.dueAt - b.dueAt;

/** The leads that the list and the board show: those that a person can have seen. */
export const near = (crm: DemoCrm): DemoLead[] => crm.leads.slice(0, nearCount);

/** @param owner id of a rep; absent, everybody's. @returns the most urgent first. */
export function dueLeads(crm: DemoCrm, owner?: string): DueLead[] {
  const now = Date.now();
  const endOfDay = new Date(now).setHours(24, 0, 0, 0);
  const walks = { office: workingMinutes(now, officeHours()), overseas: workingMinutes(now, overseasHours) };
  const found: DueLead[] = [];
  for (const lead of near(crm)) {
    const { record, expected } = lead;
    if (owner !== undefined && record.owner?.id !== owner) continue;
    const walk = record.region === overseas ? walks.overseas : walks.office;
    const start = Date.parse(record.handedOverAt ?? '');
    const due = promises.flatMap(({ commitment, target }): DueLead[] => {
      const { state } = expected[commitment];
      if (!['scheduled', 'running', 'at-risk', 'overdue'].includes(state ?? '')) return [];
      const dueAt = walk.forward(start, target);
      const group =
        now > dueAt
          ? 'overdue'
          : now >= walk.forward(start, target * atRiskShare) && state !== 'scheduled'
            ? 'at-risk'
            : 'today';
      return group === 'today' && dueAt > endOfDay ? [] : [{ lead, group, dueAt }];
    });
    found.push(...due.sort(byUrgency).slice(0, 1));
  }
  return found.sort(byUrgency);
}

export function figuresOf(leads: readonly DueLead[]): Record<Group, number> {
  const count = (group: Group): number => leads.filter((lead) => lead.group === group).length;
  return { overdue: count('overdue'), 'at-risk': count('at-risk'), today: count('today') };
}
