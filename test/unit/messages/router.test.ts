import { describe, expect, it, vi } from 'vitest';
import { identifySender, RefusedError, route, type RouterOptions, type Services } from '../../../lib/messages/router';

const extensionId = 'abcdefgh';
const extensionOrigin = `chrome-extension://${extensionId}`;
type RawSender = chrome.runtime.MessageSender;
const tab = { id: 3 } as chrome.tabs.Tab;

const page: RawSender = { id: extensionId, url: 'https://crm.example/leads', frameId: 0, tab };
const popup: RawSender = { id: extensionId, url: `${extensionOrigin}/popup.html` };
const panel: RawSender = { id: extensionId, url: `${extensionOrigin}/panel.html`, frameId: 7, tab };

const reply = { asOf: 0, clocks: {}, open: {}, problems: [] };
function setUp() {
  const services = {
    observe: vi.fn(async () => reply),
    health: vi.fn(),
    loadAdapter: vi.fn(),
    panelToken: vi.fn(async () => ({ token: 't' })),
    panel: vi.fn(async () => ({ ok: false, reason: 'not-allowed' }) as const),
    summary: vi.fn(),
    site: vi.fn(),
    siteChanged: vi.fn(),
    openLead: vi.fn(),
  } satisfies Record<keyof Services, unknown> as unknown as Services;
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
    ['another extension', { ...page, id: 'other' }],
    ['a frame inside a page', { ...page, frameId: 4 }],
    ['a page without a tab', { id: extensionId, url: 'https://crm.example/', frameId: 0 }],
    ['a file', { ...page, url: 'file:///etc/passwd' }],
    ['nobody', { id: extensionId }],
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
  ])('%s from the wrong sender is refused and counted', async (type, sender) => {
    const { services, options, refused } = setUp();
    await expect(route(type, {}, sender, services, options)).rejects.toThrow(RefusedError);
    expect(refused).toHaveBeenCalledWith(type, 'sender');
    expect(services[type]).not.toHaveBeenCalled();
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
