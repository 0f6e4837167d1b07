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
  readonly kind: 'page' | 'panel' | 'sidebar' | 'popup' | 'options' | 'report';
  /** Origin of the CRM page; for our own pages the extension's. */
  readonly origin: string;
  readonly tabId: number | null;
  readonly frameId: number | null;
}

type Kinds = readonly Sender['kind'][];

const pages: Kinds = ['page'];
const panels: Kinds = ['panel'];
const sidebars: Kinds = ['sidebar'];
const popups: Kinds = ['popup'];
const optionsOnly: Kinds = ['options'];
const reports: Kinds = ['report'];
/** Whatever a person acts from; what each may do is the service's to say. */
const working: Kinds = ['panel', 'sidebar', 'popup', 'options'];
/** Our own pages: no site can make them say anything. */
const ours: Kinds = ['panel', 'sidebar', 'popup', 'options', 'report'];

/** Which senders may send what. */
const allowed: Readonly<Record<Type, Kinds>> = {
  observe: pages,
  sweepPage: pages,
  sweepEnd: pages,
  health: pages,
  loadAdapter: pages,
  loadWorld: pages,
  panelToken: pages,
  bulkToken: pages,
  work: panels,
  panel: panels,
  onHand: pages,
  sidebar: sidebars,
  act: working,
  snooze: ['panel', 'sidebar', 'popup', 'options'],
  next: ['panel', 'popup'],
  person: ours,
  savePerson: ours,
  viewers: ['popup', 'options'],
  summary: popups,
  site: popups,
  policySites: ['popup', 'options'],
  siteChanged: ['popup', 'options'],
  datedSites: optionsOnly,
  saveSiteDates: optionsOnly,
  openLead: ['popup', 'options', 'report'],
  eraseLead: optionsOnly,
  recordAgain: ['panel', 'sidebar'],
  exportPage: ['options', 'report'],
  // The editor compares promises with the past by the report's own figures.
  reportTerms: ['options', 'report'],
  beginDays: reports,
  dayLeads: reports,
  keepDays: reports,
  settleDays: reports,
  decisions: reports,
  saveDecision: reports,
  removeDecision: reports,
  costs: reports,
  saveCost: reports,
  removeCost: reports,
  importChunk: optionsOnly,
  ledgerInfo: optionsOnly,
  healthTable: optionsOnly,
  pageStructure: optionsOnly,
  repairList: optionsOnly,
  readRepairs: optionsOnly,
  keepRepairs: optionsOnly,
  removeRepair: optionsOnly,
  agreementState: optionsOnly,
  saveDraft: optionsOnly,
  startDraft: optionsOnly,
  dropDraft: optionsOnly,
  // The first run is a page of ours like the popup.
  adoptPreset: ['popup', 'options'],
  propose: optionsOnly,
  sign: optionsOnly,
  withdraw: optionsOnly,
  publish: optionsOnly,
  chooseVersion: optionsOnly,
  unread: ['popup', 'options'],
  acknowledge: ['popup', 'options'],
  dryRun: optionsOnly,
  dryRunRows: optionsOnly,
  cancelDryRun: optionsOnly,
  applyToOpen: optionsOnly,
  importDocument: optionsOnly,
  exportDocument: optionsOnly,
  policyFiles: optionsOnly,
  countLeads: optionsOnly,
  seenStatuses: optionsOnly,
  saveTeamAddress: optionsOnly,
  readTeamAddress: optionsOnly,
  publishToTeam: optionsOnly,
};

const ownPages: Readonly<Record<string, Sender['kind']>> = {
  '/panel.html': 'panel',
  // The bar of several leads: a panel of more than one.
  '/bulk.html': 'panel',
  '/sidepanel.html': 'sidebar',
  '/options.html': 'options',
  '/report.html': 'report',
};

export type Services = {
  readonly [T in Type]: (data: Data<T>, sender: Sender) => Promise<Reply<T>> | Reply<T>;
};

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Tells a page from the panel, the options and the popup; `null` for anybody else. */
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
    const kind = ownPages[url.pathname] ?? 'popup';
    // It stands beside the tabs. In one, it would be beside nothing that it could show the lead of.
    if (kind === 'sidebar' && tabId !== null) return null;
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

const built = new Map<Type, z.ZodType>();

/** Made when the first message of its type comes: most starts of the worker are for one message. */
function schemaOf(type: Type): z.ZodType {
  const schema: z.ZodType = built.get(type) ?? messageSchemas[type]();
  built.set(type, schema);
  return schema;
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
  if (!sender || !allowed[type].includes(sender.kind)) {
    options.refused(type, 'sender');
    throw new RefusedError('refused');
  }
  const parsed = schemaOf(type).safeParse(data);
  if (!parsed.success) {
    options.refused(type, 'shape');
    throw new RefusedError('refused');
  }
  return services[type](parsed.data as Data<T>, sender);
}
