/**
 * A page of ours that the browser shows outside of its tabs: the toolbar's popup, the side panel. Playwright does not attach
 * to these, so they are spoken to through a session of the browser's own protocol.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Launched } from '../../tools/launch.ts';
import { expect } from './chromium.ts';

export interface Surface {
  /** Value of an expression in the page; it must be JSON. */
  evaluate<T>(expression: string): Promise<T>;
  /** A key as a person presses it. */
  press(key: string): Promise<void>;
  /** A click at the middle of the first element that the selector finds. */
  click(selector: string): Promise<void>;
  /** As wide and high as this, px, in this theme. */
  show(look: { readonly width: number; readonly height: number; readonly theme?: 'light' | 'dark' }): Promise<void>;
  picture(): Promise<Buffer>;
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** @param path of the page; it must be open, or be opening. */
export async function attachTo(extension: Launched, path: string): Promise<Surface> {
  const session = await extension.context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('This browser has no session of its own');
  const address = `chrome-extension://${extension.extensionId}/${path}`;
  const findTarget = async () =>
    (await session.send('Target.getTargets')).targetInfos.find(({ url }) => url === address);
  await expect.poll(findTarget, { message: `${path} opens` }).toBeDefined();
  const target = await findTarget();
  if (!target) throw new Error(`${path} did not stay open`);
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });

  const waiting = new Map<number, (answer: Answer) => void>();
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const answer = JSON.parse(event.message) as Answer & { readonly id: number };
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  // What is asked of a page that goes away is never answered.
  let isGone = false;
  session.on('Target.detachedFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    isGone = true;
    for (const answer of waiting.values()) answer({ error: { message: `${path} has closed` } });
    waiting.clear();
  });
  let last = 0;
  const send = async <T>(method: string, params: Record<string, unknown>): Promise<T> => {
    last += 1;
    const id = last;
    const answered = new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
    });
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    const { result, error } = await answered;
    if (error) throw new Error(error.message);
    return result as T;
  };

  async function evaluate<T>(expression: string): Promise<T> {
    const { result } = await send<{ result: { value: T } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return result.value;
  }
  /** A click or a key may be the end of the page, before its answer is there. */
  const sendInput = async (method: string, params: Record<string, unknown>): Promise<void> => {
    await send(method, params).catch((error: unknown) => {
      if (!isGone) throw error;
    });
  };
  const mouse = (type: string, [x, y]: readonly [number, number]) =>
    sendInput('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  return {
    evaluate,
    async press(key) {
      const text = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {};
      await sendInput('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text });
      await sendInput('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    async click(selector) {
      const middle = `(() => {
        const element = document.querySelector(${JSON.stringify(selector)});
        element?.scrollIntoView({ block: 'center' });
        const box = element?.getBoundingClientRect();
        return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
      })()`;
      const find = () => evaluate<[number, number] | null>(middle);
      await expect.poll(find, { message: selector }).not.toBeNull();
      const at = (await find()) ?? [0, 0];
      await mouse('mousePressed', at);
      await mouse('mouseReleased', at);
    },
    async show({ width, height, theme = 'light' }) {
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
    },
    async picture() {
      const { data } = await send<{ data: string }>('Page.captureScreenshot', {});
      return Buffer.from(data, 'base64');
    },
  };
}

/** What axe finds in it. */
export async function faultsOn({ evaluate }: Surface): Promise<string[]> {
  const run = (script: unknown, argument?: unknown) =>
    evaluate(typeof script === 'string' ? script : `(${String(script)})(${JSON.stringify(argument)})`);
  const frame = { evaluate: run };
  const page = { ...frame, frames: () => [frame] } as unknown as Page;
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
