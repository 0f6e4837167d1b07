/** What popup and panel do with the browser. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { createPanelServices } from '../../../entrypoints/panel/services';
import { createPopupServices } from '../../../entrypoints/popup/services';
import { askWorker } from '../../../lib/messages/client';

vi.mock('../../../lib/messages/client', () => ({ askWorker: vi.fn(async () => ({ ok: true })) }));

const asked = vi.mocked(askWorker);
const pattern = 'https://crm.example.com/*';
const site = { kind: 'off', origin: 'https://crm.example.com', pattern } as const;

describe('the popup', () => {
  const request = vi.fn(async () => true);
  const remove = vi.fn(async () => true);

  beforeEach(() => {
    asked.mockClear();
    request.mockReset().mockResolvedValue(true);
    remove.mockReset().mockResolvedValue(true);
    browser.permissions = { ...browser.permissions, request, remove };
    vi.spyOn(browser.tabs, 'query').mockResolvedValue([{ id: 7, url: 'https://crm.example.com/#Lead' }] as never);
  });

  it('asks the worker about the tab that it was opened on', async () => {
    await createPopupServices().site();
    expect(asked).toHaveBeenCalledWith('site', { tabId: 7, url: 'https://crm.example.com/#Lead' });
  });

  it('asks the browser before anything is awaited, and tells the worker when it was granted', async () => {
    const granted = createPopupServices().turnOn(site);
    expect(request).toHaveBeenCalledWith({ origins: [pattern] });
    expect(await granted).toBe(true);
    expect(asked).toHaveBeenCalledWith('siteChanged', { pattern, on: true, tabId: 7 });
  });

  it('tells the worker nothing when the person says no', async () => {
    request.mockResolvedValue(false);
    expect(await createPopupServices().turnOn(site)).toBe(false);
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks for all of the organisation’s CRMs in one question inside the click, and tells the worker of each', async () => {
    const patterns = ['https://a.example/*', 'https://b.example/*'];
    const granted = createPopupServices().allowSites(patterns);
    expect(request).toHaveBeenCalledWith({ origins: patterns });
    expect(await granted).toBe(true);
    expect(asked.mock.calls).toEqual(patterns.map((one) => ['siteChanged', { pattern: one, on: true, tabId: -1 }]));
    asked.mockClear();
    request.mockResolvedValue(false);
    expect(await createPopupServices().allowSites(patterns)).toBe(false);
    expect(asked).not.toHaveBeenCalled();
  });

  it('gives a permission back, and says it when the browser keeps it', async () => {
    const on = { ...site, kind: 'on', shipped: false, health: null } as const;
    expect(await createPopupServices().turnOff(on)).toBe(true);
    expect(asked).toHaveBeenCalledWith('siteChanged', { pattern, on: false, tabId: 7 });
    asked.mockClear();
    remove.mockRejectedValue(new Error('You cannot remove required permissions.'));
    expect(await createPopupServices().turnOff(on)).toBe(false);
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('the panel', () => {
  beforeEach(() => asked.mockClear());

  it('asks with its token', async () => {
    await createPanelServices('#0b0f6c1e-8a3c-4a52-9d53-2f9f7a0f2c11').panel();
    expect(asked).toHaveBeenCalledWith('panel', { token: '0b0f6c1e-8a3c-4a52-9d53-2f9f7a0f2c11' });
  });

  it('without a token refuses by itself', async () => {
    expect(await createPanelServices('').panel()).toEqual({ ok: false, reason: 'not-allowed' });
    expect(asked).not.toHaveBeenCalled();
  });

  it('sends an act and a snooze as they are', async () => {
    const services = createPanelServices('#token');
    const request = { leads: ['lead'], act: { do: 'accept' }, askedAt: 5 } as const;
    await services.act(request);
    expect(asked).toHaveBeenLastCalledWith('act', request);
    expect(await services.snooze(['lead'], 9)).toBe(true);
    expect(asked).toHaveBeenLastCalledWith('snooze', { leads: ['lead'], until: 9 });
  });

  it('changes of the person only what was said', async () => {
    const person = { schema: 1, side: null, follows: [], badge: 'full', reminders: { on: true }, names: 'shown' };
    asked.mockImplementation((async (type: string) =>
      type === 'person' ? { person, readable: true } : { ok: true }) as never);
    expect(await createPanelServices('#token').introduce({ side: 'sales' })).toBe(true);
    expect(asked).toHaveBeenLastCalledWith('savePerson', { person: { ...person, side: 'sales' } });
  });

  it('never writes over settings that can’t be read', async () => {
    asked.mockImplementation((async () => ({ person: {}, readable: false })) as never);
    expect(await createPanelServices('#token').introduce({ side: 'sales' })).toBe(false);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('copies the older way where the page around it keeps the clipboard', async () => {
    const field = { value: '', style: {}, setAttribute: vi.fn(), select: vi.fn(), remove: vi.fn() };
    const execCommand = vi.fn(() => true);
    vi.stubGlobal('HTMLElement', Object);
    vi.stubGlobal('document', {
      activeElement: null,
      body: { append: vi.fn() },
      createElement: () => field,
      execCommand,
    });
    vi.stubGlobal('navigator', { clipboard: { writeText: async () => Promise.reject(new Error('policy')) } });
    expect(await createPanelServices('#token').copy('https://crm.example.com/1')).toBe(true);
    expect(field.value).toBe('https://crm.example.com/1');
    expect(execCommand).toHaveBeenCalledWith('copy');
    expect(field.remove).toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});
