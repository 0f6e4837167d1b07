/** Two ways to the popup: as a tab that everything can be done with, and the real one of the toolbar. */
import type { Page } from '@playwright/test';
import type { Launched } from '../../tools/launch.ts';

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

export interface ToolbarPopup {
  /** Value of an expression in the popup; it must be JSON. */
  evaluate<T>(expression: string): Promise<T>;
  picture(): Promise<Buffer>;
}

/**
 * The popup as the toolbar button opens it. Playwright does not attach to it, so it is spoken to through its own session
 * of the browser's protocol.
 */
export async function openToolbarPopup(extension: Launched): Promise<ToolbarPopup> {
  const session = await extension.context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('This browser has no session of its own');
  const worker = await extension.worker();
  await worker.evaluate(() => chrome.action.openPopup());
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(({ url }) => url === `chrome-extension://${extension.extensionId}/popup.html`);
  if (!target) throw new Error('The popup did not open');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });

  const waiting = new Map<number, (answer: { result?: unknown; error?: { message: string } }) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as { id: number; result?: unknown; error?: { message: string } };
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let last = 0;
  const send = async <T>(method: string, params: Record<string, unknown>): Promise<T> => {
    last += 1;
    const id = last;
    const answered = new Promise<{ result?: unknown; error?: { message: string } }>((resolve) => {
      waiting.set(id, resolve);
    });
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    const { result, error } = await answered;
    if (error) throw new Error(error.message);
    return result as T;
  };
  return {
    async evaluate<T>(expression: string) {
      const { result } = await send<{ result: { value: T } }>('Runtime.evaluate', {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      return result.value;
    },
    async picture() {
      const { data } = await send<{ data: string }>('Page.captureScreenshot', {});
      return Buffer.from(data, 'base64');
    },
  };
}
