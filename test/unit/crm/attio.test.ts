/** Attio is known by its address alone: a person's page is recognised, and its health says that nobody can read it. */
import { Window } from 'happy-dom';
import { expect, it } from 'vitest';
import { attio } from '../../../lib/crm/attio';
import { measureHealth } from '../../../lib/overlay/health';

const doc = new Window().document as unknown as Document;
const id = '7d1c3a52-0f6e-4b1d-9a43-2f60b1c5d9e1';
const route = (path: string): unknown => attio.route(new URL(path, 'https://app.attio.com'), doc);
const health = (surface: 'record' | null) =>
  measureHealth({ adapter: attio, surface, rows: [], putBack: 0, givenUp: 0, problems: [] }, 0);

it('names a person by the id in the address, with a tab and without', () => {
  const person = { kind: 'record', object: 'person', recordId: id };
  expect(route(`/acme/person/${id}`)).toEqual(person);
  expect(route(`/acme/person/${id}/activity`)).toEqual(person);
});

it.each([`/acme/company/${id}`, '/acme/person/new', `/person/${id}`, '/acme/people', '/', `//person/${id}`])(
  '%s is no page of a person',
  (path) => {
    expect(attio.route(new URL(`https://app.attio.com${path}`), doc)).toBeNull();
  },
);

it('leads back to a person in the same workspace', () => {
  const site = { doc, url: new URL('https://app.attio.com/acme/people') };
  expect(attio.recordUrl('person', id, site)).toBe(`https://app.attio.com/acme/person/${id}`);
  expect(attio.recordUrl('deals', id, site)).toBeUndefined();
});

it('is recognised without a surface: health says so of a page with a lead, and of no other', () => {
  expect(health('record')).toMatchObject({ adapterLabel: 'Attio', surface: 'record', noSurface: true, rows: 0 });
  expect(health(null)).not.toHaveProperty('noSurface');
});
