import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { managedSoon, noteManaged, patienceMs } from '../../../lib/settings/managed';
import { defaultPerson, readPerson, writePerson } from '../../../lib/settings/person';
import { readPolicy, readPolicyNow } from '../../../lib/settings/policy';
import { repairsFor } from '../../../lib/settings/repairs';

const lastTime = { locked: ['badge'], person: { badge: 'quiet' } };
const today = { locked: ['language'], person: { language: 'es' } };

/** A browser that was started a moment ago: it answers when told to. */
function startedJustNow(): { answer(policy: unknown): Promise<void>; fail(): Promise<void> } {
  const waiting: { resolve(value: never): void; reject(error: Error): void }[] = [];
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(
    () => new Promise((resolve, reject) => waiting.push({ resolve, reject })) as never,
  );
  const settle = async (how: (one: (typeof waiting)[number]) => void): Promise<void> => {
    for (const one of waiting.splice(0)) how(one);
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    answer: (policy) => settle(({ resolve }) => resolve(policy as never)),
    fail: () => settle(({ reject }) => reject(new Error('no manifest'))),
  };
}

const says = (policy: unknown): void => {
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => policy as never);
};

beforeEach(() => {
  fakeBrowser.reset();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => vi.useRealTimers());

describe('a policy that the browser does not say yet', () => {
  it('is what it said last time, for whoever shows something', async () => {
    says(lastTime);
    expect(await noteManaged()).toBe(false);
    const browserStart = startedJustNow();
    const reading = Promise.all([readPolicy(), readPerson()]);
    await vi.advanceTimersByTimeAsync(patienceMs);
    expect(await reading).toMatchObject([{ locked: ['badge'] }, { person: { badge: 'quiet' } }]);
    // Whoever asks while it is still waited for is not kept waiting again.
    expect(await readPolicy()).toMatchObject({ locked: ['badge'] });
    await browserStart.answer(today);
    says(today);
    expect(await readPolicy()).toMatchObject({ locked: ['language'] });
  });

  it('is waited for where nothing is known of it, and by whoever may only act if nothing is locked', async () => {
    const first = startedJustNow();
    const soon = managedSoon();
    await vi.advanceTimersByTimeAsync(10 * patienceMs);
    await first.answer(today);
    expect(await soon).toEqual(today);

    says(lastTime);
    await noteManaged();
    const again = startedJustNow();
    const now = readPolicyNow();
    const writing = writePerson({ ...defaultPerson, language: 'en' });
    await vi.advanceTimersByTimeAsync(10 * patienceMs);
    await again.answer(today);
    expect(await now).toMatchObject({ locked: ['language'] });
    says(today);
    expect(await writing).toBe(true);
    // The language is locked by what is in force now, and was free last time.
    expect((await readPerson()).person.language).toBe('es');
    expect(await browser.storage.sync.get('person')).toMatchObject({ person: { language: 'browser' } });
  });

  it('is told when it turns out to be another one, and only then', async () => {
    says(lastTime);
    expect(await noteManaged()).toBe(false);
    expect(await noteManaged()).toBe(false);
    says(today);
    expect(await noteManaged()).toBe(true);
    expect(await noteManaged()).toBe(false);
    says({});
    expect(await noteManaged()).toBe(true);
  });

  it('is none where the browser has none, which Firefox says by an error', async () => {
    const start = startedJustNow();
    const reading = readPolicy();
    await start.fail();
    expect(await reading).toMatchObject({ locked: [], origins: [] });
    says(lastTime);
    await noteManaged();
    vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(new Error('no manifest'));
    expect(await noteManaged()).toBe(true);
    expect(await managedSoon()).toBe(null);
  });

  it('is believed as little as any other: what was kept of it may be damaged or too long', async () => {
    for (const kept of ['nonsense', { text: '{' }, { text: 7 }, { text: '[1]' }, { text: '"repairs"' }]) {
      await browser.storage.local.set({ 'policy:last': kept });
      const start = startedJustNow();
      const reading = Promise.all([readPolicy(), repairsFor('demo')]);
      await vi.advanceTimersByTimeAsync(patienceMs);
      await start.answer({});
      const [policy, repairs] = await reading;
      expect(policy).toMatchObject({ locked: [], origins: [] });
      expect(repairs).toEqual({});
    }
    says({ agreement: 'x'.repeat(1_000_001) });
    await noteManaged();
    expect(await browser.storage.local.get('policy:last')).toEqual({});
  });
});
