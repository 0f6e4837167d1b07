// @vitest-environment happy-dom
/** The options page: sections by address, page health with its report, and selector repairs. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OptionsApp } from '../../../components/options/options-app';
import { reportText } from '../../../components/options/report';
import type { OptionsServices } from '../../../components/options/services';
import type { HealthTable, SurfaceHealth } from '../../../lib/messages/page-health';
import type { DatedSite } from '../../../lib/messages/site-dates';
import type { Repair, RepairReading } from '../../../lib/messages/repairs';
import { speak } from '../support/i18n';
import { editorServices } from './agreement/support';
import { dataServices, procedureServices, youServices } from './sections-support';
import { hour, now } from './support';

const surface = (change: Partial<SurfaceHealth> = {}): SurfaceHealth => ({
  adapter: 'tryton',
  surface: 'list',
  pages: 24,
  emptyPages: 1,
  emptyRun: 0,
  rows: 480,
  read: 480,
  missing: {},
  seen: { name: 480 },
  putBack: 2,
  givenUp: 0,
  refused: [],
  selectors: { row: { matched: 24, unmatched: 0 } },
  changed: [],
  lastAt: now - hour,
  ...change,
});

const tableOf = (...surfaces: readonly SurfaceHealth[]): HealthTable => ({
  asOf: now,
  surfaces,
  adapters: [
    { id: 'tryton', label: 'Tryton' },
    { id: 'hubspot', label: 'HubSpot' },
    { id: 'close', label: 'Close' },
  ],
});

const repair: Repair = {
  schema: 1,
  adapter: 'tryton',
  version: 3,
  signedOffBy: 'RevOps team',
  signedOffAt: '2026-03-09',
  selectors: { row: [{ css: 'tr.lead', since: '2026-03', seenOn: 'Tryton 7.4' }] },
};

function services(change: Partial<OptionsServices> = {}): OptionsServices {
  return {
    agreement: editorServices(),
    procedure: procedureServices(),
    you: youServices(),
    data: dataServices(),
    about: { version: '1.2.3', browser: 'firefox' },
    datedSites: vi.fn<OptionsServices['datedSites']>(async () => []),
    saveSiteDates: vi.fn<OptionsServices['saveSiteDates']>(async () => true),
    healthTable: vi.fn<OptionsServices['healthTable']>(async () => tableOf(surface())),
    structure: vi.fn<OptionsServices['structure']>(async () => ({
      ok: true,
      outline: { lines: ['html', '  body'], truncated: false, matches: { row: 20 } },
      host: 'crm.example.com',
    })),
    repairList: vi.fn<OptionsServices['repairList']>(async () => ({ standing: [], faults: [] })),
    readRepairs: vi.fn<OptionsServices['readRepairs']>(async () => ({ ok: true, repairs: [repair] })),
    keepRepairs: vi.fn<OptionsServices['keepRepairs']>(async () => true),
    removeRepair: vi.fn<OptionsServices['removeRepair']>(async () => true),
    copy: vi.fn<OptionsServices['copy']>(async () => undefined),
    now: () => now,
    ...change,
  };
}

const open = (given: OptionsServices, hash = '#health') => {
  window.location.hash = hash;
  render(<OptionsApp services={given} />);
  return userEvent.setup();
};
const goTo = (hash: string) =>
  act(async () => {
    window.location.hash = hash;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });

beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  window.location.hash = '';
});

describe('sections', () => {
  it('the address names one; without a name, or with one that nobody knows, it is the first', async () => {
    open(services(), '#no-such-section');
    expect(await screen.findByRole('heading', { level: 2, name: 'Agreement' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Agreement' }).getAttribute('aria-current')).toBe('page');
    const names = within(screen.getByRole('navigation'))
      .getAllByRole('link')
      .map(({ textContent }) => textContent);
    expect(names).toEqual(['Agreement', 'Change procedure', 'You', 'Data', 'CRMs', 'Page health', 'Selector repairs']);
  });

  it('another address shows another section, takes the focus to its heading and names the tab', async () => {
    open(services());
    await screen.findByRole('table');
    await goTo('#repairs');
    const heading = await screen.findByRole('heading', { level: 2, name: 'Selector repairs' });
    expect(document.activeElement).toBe(heading);
    expect(document.title).toBe('Selector repairs · Relevo');
    expect(screen.getByRole('link', { name: 'Selector repairs' }).getAttribute('aria-current')).toBe('page');
  });
});

describe('times on CRM pages', () => {
  const acme: DatedSite = { origin: 'https://acme.lightning.force.com', crm: 'salesforce', dates: {} };
  const zoneOf = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Zone of the times' });

  it('are of no site until a page showed one that nobody can place', async () => {
    open(services(), '#crms');
    expect(await screen.findByText(/^No page has shown a time/u)).toBeTruthy();
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('are in the zone of this browser with one click, and the site’s leads have clocks then', async () => {
    let site = acme;
    const saveSiteDates = vi.fn<OptionsServices['saveSiteDates']>(async ({ dates }) => {
      site = { ...site, dates };
      return true;
    });
    const given = services({ datedSites: async () => [site], saveSiteDates });
    const user = open(given, '#crms');
    expect(await screen.findByRole('heading', { name: 'Salesforce · acme.lightning.force.com' })).toBeTruthy();
    expect(screen.getByText(/^Leads of this site have no running clocks/u)).toBeTruthy();
    expect((await zoneOf()).value).toBe('');
    const zone = given.agreement.zone;
    await user.click(screen.getByRole('button', { name: `Times here are in my browser's zone: ${zone}` }));
    expect(saveSiteDates).toHaveBeenCalledExactlyOnceWith({ origin: acme.origin, dates: { timeZone: zone } });
    expect(await screen.findByText(/^Saved\. Open pages of this site use it now/u)).toBeTruthy();
    await waitFor(async () => expect((await zoneOf()).value).toBe(zone));
    expect(screen.queryByText(/^Leads of this site have no running clocks/u)).toBeNull();
    expect(screen.queryByRole('button', { name: /^Times here are/u })).toBeNull();
  });

  it('are in any zone and order, and each can be unset', async () => {
    const dates = { timeZone: 'America/Argentina/Buenos_Aires', order: 'dmy' } as const;
    const saveSiteDates = vi.fn<OptionsServices['saveSiteDates']>(async () => true);
    const user = open(services({ datedSites: async () => [{ ...acme, dates }], saveSiteDates }), '#crms');
    expect((await zoneOf()).value).toBe(dates.timeZone);
    const order = screen.getByRole('combobox', { name: 'Order of day and month' });
    await user.selectOptions(order, 'Year, month, day: 2026/12/31');
    expect(saveSiteDates).toHaveBeenLastCalledWith({ origin: acme.origin, dates: { ...dates, order: 'ymd' } });
    await user.selectOptions(await zoneOf(), 'Not set');
    expect(saveSiteDates).toHaveBeenLastCalledWith({ origin: acme.origin, dates: { order: 'dmy' } });
    expect(await screen.findByText(/^Saved/u)).toBeTruthy();
  });

  it('matter at a CRM with an API only where that does not answer', async () => {
    open(services({ datedSites: async () => [{ ...acme, crm: 'espocrm' }] }), '#crms');
    expect(await screen.findByText(/^Only for when EspoCRM's own API does not answer/u)).toBeTruthy();
    expect(screen.queryByText(/^Leads of this site have no running clocks/u)).toBeNull();
  });

  it('and what each CRM tells stand together: whether clocks run, and what counts as a touch', async () => {
    await act(async () => speak('es'));
    open(services(), '#crms');
    const table = await screen.findByRole('table');
    const row = within(table).getByRole('row', { name: /^Tryton/u });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['Sí', 'convertir un lead en oportunidad', 'intentos de contacto: Tryton no los registra']);
    expect(within(table).getByRole('row', { name: /^Attio No: nada dice cuándo empezó un lead Nada/u })).toBeTruthy();
    expect(within(table).getByRole('row', { name: /^vtiger Cuando indiques la zona/u })).toBeTruthy();
  });

  it('that could not be kept say so', async () => {
    const user = open(services({ datedSites: async () => [acme], saveSiteDates: async () => false }), '#crms');
    await user.click(await screen.findByRole('button', { name: /^Times here are/u }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Not saved/u);
  });
});

describe('page health', () => {
  const cells = async (): Promise<string[]> => {
    const [, line] = within(await screen.findByRole('table')).getAllByRole('row');
    return within(line as HTMLElement)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent ?? '');
  };

  it('says of each kind of page how it is read, and names the CRMs that were not opened', async () => {
    open(services());
    expect(await cells()).toEqual([
      'List',
      'Read well',
      '24',
      '480 of 480',
      'nothing',
      '2',
      'today 15:40',
      'Copy report Tryton, List',
    ]);
    expect(screen.getByText('Known, but not opened in this browser yet: HubSpot, Close.')).toBeTruthy();
  });

  it.each<[string, Partial<SurfaceHealth>, string]>([
    [
      'changed',
      { changed: [{ kind: 'field', name: 'status', since: now - hour }] },
      'The CRM changed this page. Not read since today 15:40: status',
    ],
    [
      'changed in a part that has no other name',
      { changed: [{ kind: 'selector', name: 'rowHead', since: now - hour }] },
      'The CRM changed this page. Not read since today 15:40: “rowHead”',
    ],
    ['suddenly empty', { emptyRun: 6 }, 'No leads on the last 6 pages, where there always were some.'],
    [
      'repaired in vain',
      { refused: ['rowTitle'] },
      "Repairs that don't fit this version, so they are not used: rowTitle",
    ],
    ['without leads so far', { pages: 0, rows: 0, read: 0 }, 'Opened, no leads on it so far'],
    ['not read in part', { read: 470 }, '10 leads could not be read'],
    ['lacking fields', { missing: { owner: 3, status: 9 } }, 'Read, but some leads lack a field'],
  ])('says it in a sentence: %s', async (_what, change, sentence) => {
    open(services({ healthTable: async () => tableOf(surface(change)) }));
    expect((await cells())[1]).toContain(sentence);
  });

  it('names the missing fields, the most frequent first', async () => {
    open(services({ healthTable: async () => tableOf(surface({ missing: { owner: 3, status: 9 } })) }));
    expect((await cells())[4]).toBe('status (9), owner (3)');
  });

  it('says what to do where nothing was read yet, and when the worker is silent', async () => {
    const healthTable = vi
      .fn<OptionsServices['healthTable']>(async () => tableOf())
      .mockRejectedValueOnce(new Error('no receiver'));
    const user = open(services({ healthTable }));
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No page was read yet')).toBeTruthy();
  });

  it('copies a report without the host, and with it only when told to', async () => {
    const given = services();
    const user = open(given);
    await user.click(await screen.findByRole('button', { name: /Copy report/ }));
    await screen.findByText('Report copied.');
    expect(given.structure).toHaveBeenCalledWith('tryton', 'list');
    const first = vi.mocked(given.copy).mock.calls[0]?.[0] ?? '';
    expect(JSON.parse(first)).toMatchObject({
      relevo: '1.2.3',
      browser: 'firefox',
      adapter: 'tryton',
      outline: ['html', '  body'],
    });
    expect(first).not.toContain('crm.example.com');
    expect(screen.getByRole('region', { name: 'What the report holds', hidden: true }).textContent).toBe(first);
    await user.click(screen.getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: /Copy report/ }));
    await waitFor(() => expect(vi.mocked(given.copy).mock.calls[1]?.[0]).toContain('"host": "crm.example.com"'));
  });

  it.each([
    ['not-open', 'no tab shows such a page'],
    ['refused', 'the browser keeps us out of that tab'],
  ] as const)('copies the counts where the page can’t be looked at (%s), and says why', async (reason, words) => {
    const given = services({ structure: async () => ({ ok: false, reason }) });
    const user = open(given);
    await user.click(await screen.findByRole('button', { name: /Copy report/ }));
    expect((await screen.findByText(new RegExp(words))).textContent).toContain('Report copied.');
    expect(given.copy).toHaveBeenCalledOnce();
  });

  it('says when the browser does not let it copy', async () => {
    const user = open(services({ copy: () => Promise.reject(new Error('denied')) }));
    await user.click(await screen.findByRole('button', { name: /Copy report/ }));
    expect(await screen.findByText(/did not let us copy/)).toBeTruthy();
  });
});

it('a report holds no instant finer than a day', () => {
  const text = reportText({
    about: { version: '1', browser: 'chrome' },
    health: surface(),
    structure: { ok: false, reason: 'refused' },
    withHost: true,
  });
  expect(JSON.parse(text)).toMatchObject({ lastSeen: '2026-03-12', outline: 'left out: refused' });
  expect(text).not.toMatch(/\d{2}:\d{2}|\d{12}/);
});

describe('selector repairs', () => {
  const field = () => screen.findByRole<HTMLTextAreaElement>('textbox');
  const paste = async (text: string) => fireEvent.change(await field(), { target: { value: text } });
  const use = () => screen.getByRole('button', { name: 'Use these repairs' });

  it('show who signed off and when, and can be removed', async () => {
    const given = services({
      repairList: async () => ({ standing: [{ repair, source: 'local', used: true }], faults: [] }),
    });
    const user = open(given, '#repairs');
    expect(await screen.findByText('Tryton, version 3')).toBeTruthy();
    expect(screen.getByText('Signed off by RevOps team on March 9, 2026')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove Tryton' }));
    expect(given.removeRepair).toHaveBeenCalledWith('tryton');
    expect(await screen.findByText(/Tryton uses the selectors that came with Relevo/)).toBeTruthy();
  });

  it('of the organisation say so, can’t be removed, and leave the person’s own unused', async () => {
    open(
      services({
        repairList: async () => ({
          standing: [
            { repair, source: 'policy', used: true },
            { repair: { ...repair, version: 1 }, source: 'local', used: false },
          ],
          faults: [],
        }),
      }),
      '#repairs',
    );
    expect(await screen.findByText(/Set by your organisation/)).toBeTruthy();
    expect(screen.getByText(/Not used: your organisation/)).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /Remove/ })).toHaveLength(1);
  });

  it('that are wrong say where and what to write instead, and nothing is kept', async () => {
    const faults: RepairReading = {
      ok: false,
      faults: [
        { path: '[0].selectors.row[1].since', hint: 'since' },
        { path: '[0].adapter', hint: 'adapter' },
      ],
    };
    const given = services({ readRepairs: async () => faults });
    const user = open(given, '#repairs');
    await paste('[{}]');
    await user.click(use());
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('[0].selectors.row[1].since: Write the month in which it was seen');
    expect(alert.textContent).toContain('[0].adapter: Write one of: espocrm, tryton');
    expect((await field()).value).toBe('[{}]');
    expect(given.keepRepairs).not.toHaveBeenCalled();
  });

  it('whose CSS this browser can’t read are refused with their place', async () => {
    const broken = { ...repair, selectors: { row: [{ css: 'tr[[', since: '2026-03', seenOn: 'x' }] } };
    const given = services({ readRepairs: async () => ({ ok: true, repairs: [broken] }) });
    const user = open(given, '#repairs');
    await paste('[{}]');
    await user.click(use());
    expect((await screen.findByRole('alert')).textContent).toContain('[0].selectors.row[0].css: Write a CSS selector');
    expect(given.keepRepairs).not.toHaveBeenCalled();
  });

  it('that are right are kept, said, and the list is asked for again', async () => {
    const given = services();
    const user = open(given, '#repairs');
    await paste(JSON.stringify([repair]));
    await user.click(use());
    expect(await screen.findByText('Saved: 1 repair is used from the next page on.')).toBeTruthy();
    expect(given.keepRepairs).toHaveBeenCalledWith([repair]);
    expect((await field()).value).toBe('');
    await waitFor(() => expect(given.repairList).toHaveBeenCalledTimes(2));
  });

  it('that the storage refuses say what is safe, and stay in the field', async () => {
    const user = open(services({ keepRepairs: async () => false }), '#repairs');
    await paste('[{}]');
    await user.click(use());
    expect((await screen.findByRole('alert')).textContent).toContain('What was there before is safe');
    expect((await field()).value).toBe('[{}]');
  });

  it('can be dropped as a file', async () => {
    open(services(), '#repairs');
    const file = new File(['[{"schema":1}]'], 'repairs.json');
    fireEvent.drop(await field(), { dataTransfer: { files: [file] } });
    await waitFor(async () => expect((await field()).value).toBe('[{"schema":1}]'));
  });

  it('that were stored and can’t be read are said', async () => {
    open(
      services({
        repairList: async () => ({
          standing: [],
          faults: [{ source: 'policy', faults: [{ path: '', hint: 'json' }] }],
        }),
      }),
      '#repairs',
    );
    expect(await screen.findByText(/your organisation set can't be read/)).toBeTruthy();
    expect(screen.getByText(/This is not JSON/)).toBeTruthy();
  });
});
