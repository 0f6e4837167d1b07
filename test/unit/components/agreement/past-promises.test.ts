/** What a promise would have come to: counted anew from the facts, by hand, for whole periods of the last 90 days. */
import { describe, expect, it, vi } from 'vitest';
import { pastPromises } from '../../../../components/agreement/past-promises';
import type { PeriodPromise } from '../../../../lib/agreement/schema';
import { periodAt } from '../../../../lib/report';
import { now } from '../../report/quarter';
import { quarterLeads, reportServices, type ToldLead } from '../report/support';

const leads = quarterLeads(300);
const zone = 'Europe/Madrid';
const signal = new AbortController().signal;

const promise = (more: Partial<PeriodPromise>): PeriodPromise => ({
  id: 'one',
  owedBy: 'marketing',
  measure: 'hand-offs',
  per: 'month',
  value: 10,
  ...more,
});

const handedOverAt = ({ facts }: ToldLead): number =>
  Math.min(...facts.filter(({ kind }) => kind === 'hand-off').map(({ at }) => at));

const handOffsIn = (unit: PeriodPromise['per'], ago: number, which: readonly ToldLead[] = leads): number => {
  const { from, to } = periodAt(unit, now, zone, -ago);
  return which.filter((lead) => handedOverAt(lead) >= from && handedOverAt(lead) < to).length;
};

const valuesOf = async (asked: PeriodPromise, given = reportServices({ leads })) =>
  new Map(await pastPromises({ promises: [asked] }, given, signal)).get(asked.id);

describe('past values of a promise', () => {
  it('are those of the whole periods of the last 90 days, newest first', async () => {
    const values = await valuesOf(promise({ per: 'month' }));
    // It is 10 April: January began earlier than that.
    expect(values).toEqual([1, 2].map((ago) => handOffsIn('month', ago)));
    expect(await valuesOf(promise({ per: 'quarter' }))).toEqual([handOffsIn('quarter', 1)]);
  });

  it('of weeks are as many as there are, and one without a lead is none', async () => {
    const values = await valuesOf(promise({ per: 'week' }));
    const counted = Array.from({ length: 12 }, (_, index) => handOffsIn('week', index + 1)).filter(
      (count) => count > 0,
    );
    expect(values).toEqual(counted);
  });

  it('are of the leads that the draft’s promise is about', async () => {
    const source = leads.find(({ lead }) => lead.fields.source !== undefined)?.lead.fields.source ?? '';
    const mine = leads.filter(({ lead }) => lead.fields.source === source);
    const values = await valuesOf(promise({ when: [[{ field: 'source', operator: 'is', value: source }]] }));
    expect(mine.length).toBeLessThan(leads.length);
    expect(values).toEqual([1, 2].map((ago) => handOffsIn('month', ago, mine)));
  });

  it('are in the unit of the measure', async () => {
    for (const value of (await valuesOf(promise({ measure: 'accepted-share' }))) ?? []) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(100);
    }
    expect((await valuesOf(promise({ measure: 'accepted-share' })))?.some((value) => value > 1)).toBe(true);
  });

  it('are none where nothing is known, and nothing is read where nothing is promised', async () => {
    expect(await valuesOf(promise({}), reportServices({ leads: [] }))).toEqual([]);
    const services = reportServices({ leads });
    const page = vi.fn(services.page);
    expect(await pastPromises({ promises: [] }, { ...services, page }, signal)).toEqual([]);
    expect(page).not.toHaveBeenCalled();
  });
});
