/** When the page of the first run opens by itself. */
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { openFirstRun } from '../../../lib/worker/first-run';

function installed(installType: string): Mock {
  const getSelf = vi.fn(async () => ({ installType }));
  Object.assign(browser, { management: { getSelf } });
  return getSelf;
}

const opened = async (): Promise<number> =>
  (await browser.tabs.query({})).filter(({ url = '' }) => url.endsWith('/welcome.html')).length;

beforeEach(() => fakeBrowser.reset());

describe('the first run', () => {
  it('opens after a person installed the extension', async () => {
    const before = await opened();
    installed('normal');
    await openFirstRun('install');
    expect((await opened()) - before).toBe(1);
  });

  it.each(['update', 'browser_update'])('does not open after %s', async (reason) => {
    const getSelf = installed('normal');
    const before = await opened();
    await openFirstRun(reason);
    expect(await opened()).toBe(before);
    expect(getSelf).not.toHaveBeenCalled();
  });

  it.each(['development', 'admin'])('does not open where it was put in place as %s', async (installType) => {
    const before = await opened();
    installed(installType);
    await openFirstRun('install');
    expect(await opened()).toBe(before);
  });
});
