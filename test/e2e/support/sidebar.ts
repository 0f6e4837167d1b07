/** The browser's side panel as a person opens it, and what it says. */
import type { Launched } from '../../tools/launch.ts';
import { expect } from './chromium.ts';
import { openToolbarPopup } from './popup.ts';
import { attachTo, type Surface } from './surface.ts';

/** Opens the popup from the toolbar, and the side panel by the popup's button. */
export async function openSidebar(extension: Launched): Promise<Surface> {
  const popup = await openToolbarPopup(extension);
  await popup.click('button:has(.lucide-panel-right)');
  return attachTo(extension, 'sidepanel.html');
}

export const wordsOn = (sidebar: Surface): Promise<string> => sidebar.evaluate<string>('document.body.innerText');

/** Waits until its heading is the name of this lead, or what it is called without one. */
export const expectHeading = (sidebar: Surface, words: string): Promise<void> =>
  expect
    .poll(() => sidebar.evaluate<string>('document.querySelector("h1")?.textContent ?? ""'), { message: 'heading' })
    .toBe(words);

export const expectWords = (sidebar: Surface, words: string | RegExp): Promise<void> =>
  expect.poll(() => wordsOn(sidebar), { message: 'words of the sidebar' }).toMatch(words);
