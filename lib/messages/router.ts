/**
 * Every message passes here: who sent it (by the browser's word, never the payload's), what it says (zod), then the
 * service. What fails either check is refused and counted, and the sender learns nothing but that.
 */
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { z } from 'zod';
import type { WorkerProtocol } from './contract';
import { messageSchemas } from './schemas';

type Type = keyof WorkerProtocol;
type Data<T extends Type> = Parameters<WorkerProtocol[T]>[0];
type Reply<T extends Type> = ReturnType<WorkerProtocol[T]>;
type RawSender = chrome.runtime.MessageSender;

/** Who sent a message, as the browser says. */
export interface Sender {
  readonly kind: 'page' | 'panel' | 'popup';
  /** Origin of the CRM page; for the panel the extension's own. */
  readonly origin: string;
  readonly tabId: number | null;
  readonly frameId: number | null;
}

/** Which sender may send what. */
const allowed: Readonly<Record<Type, Sender['kind']>> = {
  observe: 'page',
  health: 'page',
  loadAdapter: 'page',
  panelToken: 'page',
  panel: 'panel',
  summary: 'popup',
  site: 'popup',
  siteChanged: 'popup',
  openLead: 'popup',
};

export type Services = {
  readonly [T in Type]: (data: Data<T>, sender: Sender) => Promise<Reply<T>> | Reply<T>;
};

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Tells a page from the panel and the popup; `null` for anybody else. */
export function identifySender(sender: RawSender, extensionId: string, extensionOrigin: string): Sender | null {
  if (sender.id !== extensionId || sender.url === undefined) return null;
  const tabId = sender.tab?.id ?? null;
  const frameId = sender.frameId ?? null;
  let url: URL;
  try {
    url = new URL(sender.url);
  } catch {
    return null;
  }
  // Chromium gives the panel a dynamic host; the browser's own word for its origin is the extension's either way.
  const own = sender.url.startsWith(`${extensionOrigin}/`) || sender.origin === extensionOrigin;
  if (own) {
    const kind = url.pathname === '/panel.html' ? 'panel' : 'popup';
    return { kind, origin: extensionOrigin, tabId, frameId };
  }
  if ((url.protocol === 'https:' || url.protocol === 'http:') && tabId !== null && frameId === 0)
    return { kind: 'page', origin: url.origin, tabId, frameId };
  return null;
}

export interface RouterOptions {
  readonly extensionId: string;
  /** `chrome-extension://<id>` or `moz-extension://<uuid>`. */
  readonly extensionOrigin: string;
  /** A message was refused: for the count in the diagnostics. */
  refused(type: Type, why: 'sender' | 'shape'): void;
}

/** Registers one listener for each message type. Call it synchronously when the worker starts. */
export function listen(services: Services, options: RouterOptions): void {
  const messenger = defineExtensionMessaging<WorkerProtocol>();
  for (const type of Object.keys(allowed) as Type[])
    messenger.onMessage(type, (message) => route(type, message.data, message.sender, services, options) as never);
}

/** Guard, parse, serve. Exported for the tests. */
export async function route<T extends Type>(
  type: T,
  data: unknown,
  rawSender: RawSender,
  services: Services,
  options: RouterOptions,
): Promise<Reply<T>> {
  const sender = identifySender(rawSender, options.extensionId, options.extensionOrigin);
  if (!sender || sender.kind !== allowed[type]) {
    options.refused(type, 'sender');
    throw new RefusedError('refused');
  }
  const parsed = (messageSchemas[type] as z.ZodType).safeParse(data);
  if (!parsed.success) {
    options.refused(type, 'shape');
    throw new RefusedError('refused');
  }
  return services[type](parsed.data as Data<T>, sender);
}
