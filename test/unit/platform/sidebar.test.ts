/** The browser's place beside a page: how it opens, and which tab is in front of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { followFrontTab, sidebarOpener, type FrontTab } from '../../../lib/platform/sidebar';

const places = browser as unknown as Record<'sidePanel' | 'sidebarAction', object | undefined>;
const before = { ...places };
const has = (sidePanel?: object, sidebarAction?: object): void =>
  void Object.assign(places, { sidePanel, sidebarAction });

beforeEach(() => {
  vi.spyOn(browser.windows, 'getCurrent').mockResolvedValue({ id: 5 } as never);
});
afterEach(() => has(before.sidePanel, before.sidebarAction));

describe('the place beside the page', () => {
  it('is Chromium’s side panel in this window, opened inside the click', async () => {
    const open = vi.fn(async () => {});
    has({ open });
    const opener = sidebarOpener();
    await vi.waitFor(() => expect(browser.windows.getCurrent).toHaveBeenCalled());
    await Promise.resolve();
    const opening = opener?.();
    expect(open).toHaveBeenCalledWith({ windowId: 5 });
    expect(await opening).toBe(true);
  });

  it('is Firefox’s sidebar, opened inside the click', () => {
    const open = vi.fn(async () => {});
    has(undefined, { open });
    void sidebarOpener()?.();
    expect(open).toHaveBeenCalledOnce();
  });

  it('is none where the browser has neither, or does not let this page open it', () => {
    has();
    expect(sidebarOpener()).toBeNull();
    has({}, {});
    expect(sidebarOpener()).toBeNull();
  });

  it('says so when the browser refuses', async () => {
    has(undefined, { open: () => Promise.reject(new Error('not in a click')) });
    expect(await sidebarOpener()?.()).toBe(false);
  });
});

describe('the tab in front', () => {
  let front: object | undefined;
  const heard: (FrontTab | null)[] = [];
  let stop = (): void => {};

  beforeEach(async () => {
    heard.length = 0;
    front = { id: 1, status: 'complete' };
    vi.spyOn(browser.tabs, 'query').mockImplementation(async () => (front ? [front] : []) as never);
    stop = followFrontTab((tab) => heard.push(tab));
    await vi.waitFor(() => expect(heard).toEqual([{ tabId: 1, loading: false }]));
  });
  afterEach(() => stop());

  const fire = (event: unknown, ...args: unknown[]) =>
    (event as { trigger(...args: unknown[]): Promise<unknown> }).trigger(...args);

  it('is told anew when another one comes to the front, and when there is none any more', async () => {
    front = { id: 2, status: 'loading' };
    await fire(browser.tabs.onActivated, { tabId: 2, windowId: 5 });
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ tabId: 2, loading: true }));
    front = undefined;
    await fire(browser.tabs.onRemoved, 2, {});
    await vi.waitFor(() => expect(heard.at(-1)).toBeNull());
  });

  it('is told when its page may be another one, and not when that of another tab is', async () => {
    await fire(browser.tabs.onUpdated, 2, { status: 'loading' }, {});
    await fire(browser.tabs.onUpdated, 1, { audible: true }, {});
    expect(heard).toHaveLength(1);
    await fire(browser.tabs.onUpdated, 1, { status: 'loading' }, {});
    await fire(browser.tabs.onUpdated, 1, { status: 'complete' }, {});
    expect(heard.slice(1)).toEqual([
      { tabId: 1, loading: true },
      { tabId: 1, loading: false },
    ]);
  });

  it('is no longer told once nobody asks', async () => {
    stop();
    await fire(browser.tabs.onActivated, { tabId: 2, windowId: 5 });
    await fire(browser.tabs.onUpdated, 1, { status: 'loading' }, {});
    expect(heard).toHaveLength(1);
  });
});
