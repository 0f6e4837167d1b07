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
    await browser.storage.sync.set({ [personKey]: { schema: 2, side: 'sales' } });
    expect(await writePerson(defaultPerson)).toBe(false);
    expect(await browser.storage.sync.get(personKey)).toEqual({ [personKey]: { schema: 2, side: 'sales' } });
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
