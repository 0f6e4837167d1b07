import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { authorOn, defaultPerson, personKey, readPerson, writePerson } from '../../../lib/settings/person';

const origin = 'https://crm.example';
const lead = { id: { crm: 'demo', origin, object: 'lead', recordId: '1' } };

beforeEach(() => fakeBrowser.reset());

describe("the person's settings", () => {
  it('are the defaults until something is said, and what was said afterwards', async () => {
    expect(await readPerson()).toEqual({ person: defaultPerson, readable: true });
    const said = { ...defaultPerson, side: 'marketing', name: ' Ana  ', follows: ['sales'] } as const;
    expect(await writePerson({ ...said, follows: [...said.follows] })).toBe(true);
    expect((await readPerson()).person).toEqual({ ...said, name: 'Ana' });
  });

  it('that are not readable are kept aside, and the defaults hold', async () => {
    await browser.storage.sync.set({ [personKey]: { schema: 1, side: 'both' } });
    expect(await readPerson()).toEqual({ person: defaultPerson, readable: false });
    expect(await browser.storage.local.get(null)).toEqual({ 'aside:sync:person': { schema: 1, side: 'both' } });
  });

  it('of a newer version are not written over', async () => {
    await browser.storage.sync.set({ [personKey]: { schema: 3, side: 'sales' } });
    expect(await writePerson(defaultPerson)).toBe(false);
    expect(await browser.storage.sync.get(personKey)).toEqual({ [personKey]: { schema: 3, side: 'sales' } });
  });

  it('of before there was a choice of language are read with the browser’s, and written as this version’s', async () => {
    const first = {
      schema: 1,
      side: 'sales',
      name: 'Ana',
      follows: [],
      badge: 'quiet',
      reminders: { on: true },
      names: 'shown',
    };
    await browser.storage.sync.set({ [personKey]: first });
    const { person, readable } = await readPerson();
    expect(readable).toBe(true);
    expect(person).toEqual({ ...first, schema: 2, language: 'browser' });
    expect(await writePerson({ ...person, language: 'es' })).toBe(true);
    expect((await browser.storage.sync.get(personKey))[personKey]).toEqual({ ...first, schema: 2, language: 'es' });
  });

  it('speak no language that we do not', async () => {
    await browser.storage.sync.set({ [personKey]: { ...defaultPerson, language: 'fr' } });
    expect(await readPerson()).toEqual({ person: defaultPerson, readable: false });
  });

  it('that the storage refuses are said to be refused', async () => {
    vi.spyOn(browser.storage.sync, 'set').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'));
    expect(await writePerson(defaultPerson)).toBe(false);
  });

  it('an empty name is none', async () => {
    await writePerson({ ...defaultPerson, name: ' \u0000 ' });
    expect((await readPerson()).person.name).toBeUndefined();
  });
});

describe('who signs a fact', () => {
  const person = { ...defaultPerson, name: 'Ana' };

  it("is whom the CRM says is signed in, by name and else by id, then the settings' name, then nobody", () => {
    expect(authorOn(lead, { [origin]: { id: '7', name: 'Lucía' } }, person)).toBe('Lucía');
    expect(authorOn(lead, { [origin]: { id: '7' } }, person)).toBe('7');
    expect(authorOn(lead, { 'https://other.example': { name: 'Marc' } }, person)).toBe('Ana');
    expect(authorOn(lead, {}, defaultPerson)).toBeNull();
  });
});
