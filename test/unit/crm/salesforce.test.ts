/** What is particular to Salesforce's pages: two forms of an id, cached pages, labels and dates of an unknown locale. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { salesforce } from '../../../lib/crm/salesforce';
import { linkedId, longId } from '../../../lib/crm/salesforce-id';
import type { Page, Reading } from '../../../lib/crm/types';

const origin = 'https://acme-demo.lightning.force.com';
const lead = '00Q7Q000001aBcAUAU';
const windows: Window[] = [];

function docOf(html: string, path = '/lightning/o/Lead/list'): Document {
  const window = new Window({ url: origin + path });
  windows.push(window);
  window.document.write(html);
  return window.document as unknown as Document;
}

afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

/** A record page that shows these dates as made and as changed. */
function recordWith(created: string, modified: string): Reading {
  const stamp = (name: string, date: string): string =>
    `<div data-target-selection-name="sfdc:RecordField.Lead.${name}"><span class="test-id__field-value">
      <records-modstamp><lightning-formatted-text>, ${date}</lightning-formatted-text></records-modstamp></span></div>`;
  const path = `/lightning/r/Lead/${lead}/view`;
  const doc = docOf(
    `<html lang="en-US"><body><div class="windowViewMode-normal"><records-highlights2><b slot="primaryField">Nora</b></records-highlights2>
      ${stamp('CreatedById', created)}${stamp('LastModifiedById', modified)}</div></body></html>`,
    path,
  );
  const url = new URL(path, origin);
  const route = salesforce.route(url, doc);
  const view = doc.querySelector('.windowViewMode-normal');
  const surface = salesforce.surfaces.record;
  if (!route || !view || !surface) throw new Error('No record');
  const page: Page = { doc, url, route, now: () => Date.UTC(2026, 10, 23, 12) };
  return surface.read(view, page);
}

const day = 86_400_000;

describe('ids', () => {
  it('of 15 and of 18 characters are one id', () => {
    // Each letter of the last three says which of five characters are capitals.
    expect(longId('00Q7Q000001aBcA')).toBe(lead);
    expect(longId(lead)).toBe(lead);
    expect(longId('000000000000000')).toBe('000000000000000AAA');
    expect(longId('AAAAAAAAAAAAAAA')).toBe('AAAAAAAAAAAAAAA555');
    expect(longId('A0000a000A00000')).toBe('A0000a000A00000BQA');
  });

  it('with a checksum of another case, and whatever else is none, are no ids', () => {
    for (const value of [lead.toLowerCase(), `${lead}A`, '00Q7Q000001aBc', '00Q7Q000001aB-A', '', null, undefined])
      expect(longId(value)).toBeUndefined();
  });

  it('are read from links with the object and without, and from no other link', () => {
    const linked = (href: string): string | undefined => {
      const link = docOf('<a></a>').querySelector('a');
      link?.setAttribute('href', href);
      return linkedId(link);
    };
    expect(linked(`/lightning/r/Lead/${lead}/view`)).toBe(lead);
    expect(linked(`/lightning/r/${lead.slice(0, 15)}/view`)).toBe(lead);
    expect(linked(`${origin}/lightning/r/Lead/${lead}/related/Cases/view`)).toBe(lead);
    expect(linked(`/lightning/o/Lead/list?id=${lead}`)).toBeUndefined();
    expect(linked(`/lightning/r/${'a/'.repeat(500_000)}`)).toBeUndefined();
  });
});

describe('routes', () => {
  const route = (path: string): unknown => salesforce.route(new URL(path, origin), docOf('<body></body>'));

  it('say the object by the id where the address does not', () => {
    for (const [id, object] of [
      [lead, 'Lead'],
      ['0037Q000001aBpAQAU', 'Contact'],
      ['0067Q000001aBoAQAU', 'Opportunity'],
    ] as const)
      expect(route(`/lightning/r/${id}/view`)).toEqual({ kind: 'record', object, recordId: id });
  });

  it('are none for other records, an id of another object, forms and pages without leads', () => {
    for (const path of [
      '/lightning/r/Account/0017Q00000AcMe1QAF/view',
      '/lightning/r/Lead/0067Q000001aBoAQAU/view',
      `/lightning/r/Lead/${lead}/edit`,
      `/lightning/r/Lead/${lead}/related/Cases/view`,
      '/lightning/r/Lead/constructor/view',
      '/lightning/o/Account/list',
      '/lightning/o/Opportunity/pipelineInspection',
      '/lightning/o/constructor/list',
      '/lightning/page/home',
      '/',
    ])
      expect(route(path)).toBeNull();
  });

  it('leave the address of a record only where the id is of that object', () => {
    const site = { doc: docOf(''), url: new URL('/lightning/o/Lead/list', origin) };
    expect(salesforce.recordUrl('Lead', lead, site)).toBe(`${origin}/lightning/r/Lead/${lead}/view`);
    expect(salesforce.recordUrl('Opportunity', lead, site)).toBeUndefined();
    expect(salesforce.recordUrl('Account', '0017Q00000AcMe1QAF', site)).toBeUndefined();
  });
});

describe('dates of a record', () => {
  it('that could be two are absent and named, although the page is in American English', () => {
    const reading = recordWith('4/3/2026, 9:12 AM', '5/3/2026, 9:12 AM');
    expect(reading.missing).toEqual(['createdAt', 'modifiedAt']);
  });

  it.each([
    ['4/3/2026, 9:12 AM', '3/25/2026, 9:12 AM', Date.UTC(2026, 3, 3, 9, 12)],
    ['4/3/2026, 09:12', '25/3/2026, 09:12', Date.UTC(2026, 2, 4, 9, 12)],
    ['25.03.2026, 09:12', '26.03.2026, 09:12', Date.UTC(2026, 2, 25, 9, 12)],
  ])('%s beside %s is read in the order that the other settles, to about a day', (created, modified, local) => {
    const reading = recordWith(created, modified);
    if (!reading.ok) throw new Error('Not read');
    const { createdAt } = reading.fields;
    expect(reading.missing).toEqual([]);
    expect(createdAt?.precision).toBeGreaterThan(day);
    expect(createdAt?.at).toBeLessThanOrEqual(local - 0.5 * day);
    expect((createdAt?.at ?? 0) + (createdAt?.precision ?? 0)).toBeGreaterThanOrEqual(local + 0.5 * day);
  });
});

describe('hosts', () => {
  it.each([
    ['https://acme-demo.lightning.force.com/', 1],
    ['https://acme-demo--uat.sandbox.lightning.force.com/', 1],
    ['https://acme-demo.lightning.force.com.mcas.ms/', 1],
    ['https://acme-demo.lightning.force.mil/', 1],
    ['https://acme-demo.my.salesforce.com/', 0],
    ['https://acme-demo.lightning.force.com.evil.example/', 0],
  ])('%s: %d', (address, certainty) => {
    expect(salesforce.detect(docOf(''), new URL(address))).toBe(certainty);
  });
});
