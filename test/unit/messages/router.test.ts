import { describe, expect, it, vi, type Mock } from 'vitest';
import { identifySender, RefusedError, route, type RouterOptions, type Services } from '../../../lib/messages/router';

const extensionId = 'abcdefgh';
const extensionOrigin = `chrome-extension://${extensionId}`;
type RawSender = chrome.runtime.MessageSender;
const tab = { id: 3 } as chrome.tabs.Tab;

const page: RawSender = { id: extensionId, url: 'https://crm.example/leads', frameId: 0, tab };
const popup: RawSender = { id: extensionId, url: `${extensionOrigin}/popup.html` };
const panel: RawSender = { id: extensionId, url: `${extensionOrigin}/panel.html`, frameId: 7, tab };

const bar: RawSender = { ...panel, url: `${extensionOrigin}/bulk.html` };
const sidebar: RawSender = { id: extensionId, url: `${extensionOrigin}/sidepanel.html` };
const optionsPage: RawSender = { id: extensionId, url: `${extensionOrigin}/options.html`, tab };
const report: RawSender = { id: extensionId, url: `${extensionOrigin}/report.html`, tab };

const reply = { asOf: 0, clocks: {}, open: {}, problems: [] };
function setUp() {
  const given: Partial<Record<keyof Services, Mock>> = {
    observe: vi.fn(async () => reply),
    act: vi.fn(async () => ({ ok: true, facts: [], undoUntil: 0, refused: {} })),
  };
  // Every other service is one that answers nothing.
  const services = new Proxy(given, {
    get: (all, type: keyof Services) => (all[type] ??= vi.fn()),
  }) as unknown as Services;
  const refused = vi.fn<RouterOptions['refused']>();
  return { services, refused, options: { extensionId, extensionOrigin, refused } };
}

const observation = {
  id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '1' },
  seenAt: 5,
  source: 'page',
  surface: 'list',
  fields: { name: 'Ana' },
  missing: [],
};

describe('who sent a message', () => {
  it('is what the browser says: page, popup or panel', () => {
    expect(identifySender(page, extensionId, extensionOrigin)).toMatchObject({
      kind: 'page',
      origin: 'https://crm.example',
      tabId: 3,
    });
    expect(identifySender(popup, extensionId, extensionOrigin)?.kind).toBe('popup');
    expect(identifySender(panel, extensionId, extensionOrigin)).toMatchObject({ kind: 'panel', frameId: 7, tabId: 3 });
  });

  it.each<[string, RawSender]>([
    ['panel', bar],
    ['options', optionsPage],
    ['report', report],
    ['sidebar', sidebar],
  ])('is known by the path of our own pages: %s', (kind, sender) => {
    expect(identifySender(sender, extensionId, extensionOrigin)?.kind).toBe(kind);
  });

  it('is the options page by its own address, and neither a page nor the popup may ask what it asks', async () => {
    const inside: RawSender = { id: extensionId, url: `${extensionOrigin}/options.html#repairs` };
    expect(identifySender(inside, extensionId, extensionOrigin)?.kind).toBe('options');
    const { services, options } = setUp();
    await route('repairList', {}, inside, services, options);
    expect(services.repairList).toHaveBeenCalledOnce();
    for (const other of [page, popup, panel])
      await expect(route('keepRepairs', { repairs: [] }, other, services, options)).rejects.toThrow(RefusedError);
    expect(services.keepRepairs).not.toHaveBeenCalled();
  });

  it.each<[string, RawSender]>([
    ['another extension', { ...page, id: 'other' }],
    ['a frame inside a page', { ...page, frameId: 4 }],
    ['a page without a tab', { id: extensionId, url: 'https://crm.example/', frameId: 0 }],
    ['a file', { ...page, url: 'file:///etc/passwd' }],
    ['nobody', { id: extensionId }],
    ['the sidebar’s page in a tab', { ...sidebar, frameId: 0, tab }],
    ['a page that only looks like ours', { ...page, url: `https://${extensionId}/panel.html`, frameId: 2 }],
  ])('is refused: %s', (_who, sender) => {
    expect(identifySender(sender, extensionId, extensionOrigin)).toBeNull();
  });
});

describe('a message', () => {
  it('with the right shape and sender reaches its service', async () => {
    const { services, options } = setUp();
    await expect(route('observe', { observations: [observation] }, page, services, options)).resolves.toBe(reply);
    expect(services.observe).toHaveBeenCalledWith(
      { observations: [observation] },
      expect.objectContaining({ origin: 'https://crm.example' }),
    );
  });

  it.each<[keyof Services, RawSender]>([
    ['observe', popup],
    ['summary', page],
    ['openLead', page],
    ['siteChanged', page],
    ['panel', page],
    ['panel', popup],
    ['summary', panel],
    ['sidebar', page],
    ['sidebar', panel],
    ['sidebar', popup],
    ['sidebar', { ...sidebar, frameId: 0, tab }],
    ['panel', sidebar],
    ['summary', sidebar],
    ['eraseLead', sidebar],
    ['onHand', sidebar],
    ['onHand', panel],
    ['onHand', popup],
    ['act', report],
    ['act', page],
    ['work', page],
    ['snooze', page],
    ['savePerson', page],
    ['eraseLead', page],
    ['eraseLead', panel],
    ['eraseLead', popup],
    ['exportPage', page],
    ['exportPage', popup],
    ['importChunk', panel],
    ['bulkToken', panel],
  ])('%s from the wrong sender is refused and counted', async (type, sender) => {
    const { services, options, refused } = setUp();
    await expect(route(type, {}, sender, services, options)).rejects.toThrow(RefusedError);
    expect(refused).toHaveBeenCalledWith(type, 'sender');
    expect(services[type]).not.toHaveBeenCalled();
  });

  it('that several kinds of page may send comes through from each of them', async () => {
    const { services, options: ours, refused } = setUp();
    const data = { leads: ['demo|https://crm.example|lead|1'], act: { do: 'accept' } };
    for (const sender of [panel, bar, sidebar, popup, optionsPage]) await route('act', data, sender, services, ours);
    expect(services.act).toHaveBeenCalledTimes(5);
    expect(refused).not.toHaveBeenCalled();
  });

  it.each<[string, unknown]>([
    ['no lead', { leads: [], act: { do: 'accept' } }],
    ['more leads than a page has', { leads: Array.from({ length: 201 }, () => 'x'), act: { do: 'accept' } }],
    ['an act that nobody knows', { leads: ['x'], act: { do: 'delete' } }],
    ['an author in the payload', { leads: ['x'], act: { do: 'accept', author: 'Ana' } }],
    ['a side in the payload', { leads: ['x'], act: { do: 'accept' }, side: 'sales' }],
    ['a note of a megabyte', { leads: ['x'], act: { do: 'note', text: 'x'.repeat(1_000_000) } }],
    ['half a millisecond', { leads: ['x'], act: { do: 'recycle', until: 1.5 } }],
    ['an id that is none', { leads: ['x'], act: { do: 'undo', facts: ['../x'] } }],
    ['nothing to take back', { leads: ['x'], act: { do: 'undo', facts: [] } }],
    [
      'more to take back than a page has',
      { leads: ['x'], act: { do: 'undo', facts: Array.from({ length: 201 }, () => 'a'.repeat(32)) } },
    ],
  ])('that does something with leads is refused where it says %s', async (_what, data) => {
    const { services, options: ours, refused } = setUp();
    await expect(route('act', data, popup, services, ours)).rejects.toThrow('refused');
    expect(refused).toHaveBeenCalledWith('act', 'shape');
    expect(services.act).not.toHaveBeenCalled();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a string', 'observe'],
    ['no list', { observations: 'all' }],
    ['an unknown key', { observations: [], evil: 1 }],
    ['an unknown field', { observations: [{ ...observation, fields: { password: 'x' } }] }],
    ['a name of a megabyte', { observations: [{ ...observation, fields: { name: 'x'.repeat(1_000_000) } }] }],
    ['an instant that is none', { observations: [{ ...observation, seenAt: Number.NaN }] }],
    ['ten thousand leads', { observations: Array.from({ length: 10_000 }, () => observation) }],
  ])('with the wrong shape is refused and counted: %s', async (_what, data) => {
    const { services, options, refused } = setUp();
    await expect(route('observe', data, page, services, options)).rejects.toThrow('refused');
    expect(refused).toHaveBeenCalledWith('observe', 'shape');
    expect(services.observe).not.toHaveBeenCalled();
  });
});
