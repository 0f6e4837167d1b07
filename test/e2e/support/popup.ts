/** Two ways to the popup: as a tab that everything can be done with, and the real one of the toolbar. */
import type { Page } from '@playwright/test';
import type { Launched } from '../../tools/launch.ts';
import { attachTo, type Surface } from './surface.ts';

/** What `page.css` asks of the browser. */
const popupSize = { width: 380, height: 560 };

/** The popup in a tab behind the one in front, so that it belongs to the page that a person looks at. */
export async function openPopup(extension: Launched): Promise<Page> {
  const worker = await extension.worker();
  const [popup] = await Promise.all([
    extension.context.waitForEvent('page'),
    worker.evaluate(async () => {
      await chrome.tabs.create({ url: 'popup.html', active: false });
    }),
  ]);
  await popup.setViewportSize(popupSize);
  await popup.locator('main').waitFor();
  return popup;
}

/** The popup as the toolbar button opens it. */
export async function openToolbarPopup(extension: Launched): Promise<Surface> {
  const worker = await extension.worker();
  await worker.evaluate(() => chrome.action.openPopup());
  return attachTo(extension, 'popup.html');
}
