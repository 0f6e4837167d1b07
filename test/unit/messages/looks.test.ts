/** The word that something happened: whoever listens looks again, and nobody listening is no fault. */
import { describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { onLook, tellPanels } from '../../../lib/messages/looks';

describe('the word to look again', () => {
  it('reaches every page that listens, until it stops', async () => {
    const [one, two] = [vi.fn(), vi.fn()];
    const stop = onLook(one);
    onLook(two);
    await tellPanels();
    stop();
    await tellPanels();
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 2]);
  });

  it('is not heard in other messages', async () => {
    const again = vi.fn();
    onLook(again);
    for (const message of [null, 'look', { type: 'observe' }, { relevo: 'close' }])
      await browser.runtime.sendMessage(message).catch(() => {});
    expect(again).not.toHaveBeenCalled();
  });

  it('is no fault where nobody listens, or no extension is left', async () => {
    await expect(tellPanels()).resolves.toBeUndefined();
    vi.spyOn(browser.runtime, 'sendMessage').mockRejectedValue(new Error('Extension context invalidated.'));
    await expect(tellPanels()).resolves.toBeUndefined();
  });
});
