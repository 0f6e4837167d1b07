import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { defaultAgreement } from '../../../lib/agreement/default';
import { parseAgreement, readEffectiveAgreement } from '../../../lib/settings/agreement';
import { asidePrefix } from '../../../lib/settings/stored';

const zone = 'Europe/Madrid';
const named = (id: string) => ({ ...defaultAgreement, id });
const managed = (value: unknown): void => {
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => value as Record<string, unknown>);
};

beforeEach(() => {
  fakeBrowser.reset();
  managed({});
});

describe('the agreement in force', () => {
  it('is the built-in one where nobody wrote another, in the zone of the browser', async () => {
    const effective = await readEffectiveAgreement(zone, 1);
    expect(effective.source).toBe('built-in');
    expect(effective.problems).toEqual([]);
    expect(effective.agreement.calendars['office']?.timeZone).toBe(zone);
  });

  it('policy wins over sync, sync over the built-in one', async () => {
    await browser.storage.sync.set({ agreement: named('mine') });
    expect((await readEffectiveAgreement(zone, 1)).agreement.id).toBe('mine');
    managed({ agreement: named('company') });
    expect(await readEffectiveAgreement(zone, 1)).toMatchObject({ source: 'policy', agreement: { id: 'company' } });
  });

  it('a policy may hold the agreement as JSON', async () => {
    managed({ agreement: JSON.stringify(named('company')) });
    expect((await readEffectiveAgreement(zone, 1)).agreement.id).toBe('company');
  });

  it('no policy at all is no problem', async () => {
    vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(new Error('no manifest'));
    expect((await readEffectiveAgreement(zone, 1)).problems).toEqual([]);
  });

  it('an unreadable one is kept aside and said, and the next one down holds', async () => {
    const damaged = { ...named('mine'), commitments: 'many' };
    await browser.storage.sync.set({ agreement: damaged });
    const effective = await readEffectiveAgreement(zone, 7);
    expect(effective.source).toBe('built-in');
    expect(effective.problems).toEqual([
      { code: 'agreement-unreadable', since: 7, detail: expect.stringContaining('commitments') },
    ]);
    expect(await browser.storage.local.get(`${asidePrefix}sync:agreement`)).toEqual({
      [`${asidePrefix}sync:agreement`]: damaged,
    });
    expect((await browser.storage.sync.get('agreement'))['agreement']).toEqual(damaged);
  });

  it('an unreadable policy does not hide what the person has in sync', async () => {
    managed({ agreement: '{' });
    await browser.storage.sync.set({ agreement: named('mine') });
    const effective = await readEffectiveAgreement(zone, 1);
    expect(effective.source).toBe('sync');
    expect(effective.problems[0]?.code).toBe('agreement-unreadable');
  });

  it('one of a newer Relevo is left alone and said', async () => {
    await browser.storage.sync.set({ agreement: { ...named('mine'), schema: 3 } });
    const effective = await readEffectiveAgreement(zone, 1);
    expect(effective.problems[0]?.code).toBe('agreement-newer');
    expect(await browser.storage.local.get(null)).toEqual({});
  });
});

describe('parsing an agreement', () => {
  it.each([undefined, null, 5, 'text', '[]', [], {}, { schema: 'one' }, 'x'.repeat(5_000_001)])(
    'refuses with a reason what is none (%#)',
    (raw) => {
      expect(parseAgreement(raw)).toMatchObject({
        ok: false,
        code: 'agreement-unreadable',
        detail: expect.any(String),
      });
    },
  );
});
