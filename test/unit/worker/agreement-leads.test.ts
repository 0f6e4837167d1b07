/** How many known leads a condition takes, and which statuses were seen. */
import { describe, expect, it } from 'vitest';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import type { Lead, LeadFields } from '../../../lib/lead/lead';
import { leadKey } from '../../../lib/lead/lead';
import { countLeads, seenStatuses } from '../../../lib/worker/agreement-leads';
import type { WorkerContext } from '../../../lib/worker/context';

const lead = (recordId: string, fields: LeadFields, crm = 'demo'): Lead => {
  const id = { crm, origin: 'https://crm.example.com', object: 'Lead', recordId };
  return { key: leadKey(id), id, fields, seenAt: 1 };
};

async function contextWith(...leads: readonly Lead[]): Promise<WorkerContext> {
  const ledger = createMemoryLedger();
  await ledger.save(
    leads.map((one) => ({ key: one.key, lead: one, clocks: [], projection: 'x' })),
    [],
  );
  return { withLedger: (job: (own: typeof ledger) => unknown) => job(ledger) } as unknown as WorkerContext;
}

describe('counting leads', () => {
  it('one group is enough, within it all conditions hold, and no group is every lead', async () => {
    const context = await contextWith(
      lead('1', { source: 'Demo form', region: 'north' }),
      lead('2', { source: 'Demo form', region: 'south' }),
      lead('3', { source: 'Fair' }),
    );
    const demoNorth = [
      { field: 'source', operator: 'contains', value: 'demo' },
      { field: 'region', operator: 'is', value: 'North' },
    ] as const;
    expect(await countLeads([demoNorth], context)).toEqual({ matching: 1, known: 3 });
    expect(await countLeads([demoNorth, [{ field: 'source', operator: 'is', value: 'fair' }]], context)).toEqual({
      matching: 2,
      known: 3,
    });
    expect(await countLeads([], context)).toEqual({ matching: 3, known: 3 });
  });

  it('walks over more than one page', async () => {
    const many = Array.from({ length: 1_201 }, (_, index) => lead(`${index}`, { source: index % 2 === 0 ? 'a' : 'b' }));
    expect(await countLeads([[{ field: 'source', operator: 'is', value: 'a' }]], await contextWith(...many))).toEqual({
      matching: 601,
      known: 1_201,
    });
  });
});

describe('statuses', () => {
  it('each once for its CRM and object, those of most leads first, with their label', async () => {
    const context = await contextWith(
      lead('1', { status: 'NEW', statusLabel: 'New' }),
      lead('2', { status: 'NEW' }),
      lead('3', { statusLabel: 'Won' }),
      lead('4', { status: 'NEW' }, 'odoo'),
      lead('5', {}),
    );
    expect(await seenStatuses(context)).toEqual([
      { crm: 'demo', object: 'Lead', status: 'NEW', label: 'New', leads: 2 },
      { crm: 'demo', object: 'Lead', status: 'Won', label: 'Won', leads: 1 },
      { crm: 'odoo', object: 'Lead', status: 'NEW', leads: 1 },
    ]);
  });
});
