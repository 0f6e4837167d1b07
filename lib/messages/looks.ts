/**
 * The worker's word to panels and sidebars that what they show may be old. It says no more, so that whoever hears it learns
 * nothing: they ask again, each in its own right.
 */
import { browser } from 'wxt/browser';

const look = { relevo: 'look' } as const;

/** Tells whatever page of ours is open and listens; often there is none, and the browser says so with an error. */
export async function tellPanels(): Promise<void> {
  try {
    await browser.runtime.sendMessage(look);
  } catch {
    // Nobody listens.
  }
}

/** @returns how to stop. */
export function onLook(again: () => void): () => void {
  const listener = (message: unknown): undefined => {
    if (typeof message === 'object' && message !== null && 'relevo' in message && message.relevo === look.relevo)
      again();
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}
