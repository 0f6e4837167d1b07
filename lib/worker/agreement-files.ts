/**
 * Agreements that come and go as files, links and policies. Whatever comes in becomes the draft at most: nothing takes effect
 * because somebody opened a file. A newer or damaged one changes nothing.
 */
import { browser } from 'wxt/browser';
import { contentOf } from '../agreement/canonical';
import type { AgreementDocument, Signature } from '../agreement/document';
import { validSignatures } from '../agreement/lifecycle';
import type {
  DroppedSignature,
  ExportOf,
  ExportReply,
  ImportReply,
  PolicyFile,
  PolicyFilesReply,
  PolicyFilesRequest,
} from '../messages/agreements';
import { bookText, readBook, type Book } from '../settings/agreement-shelf';
import { pack, PackedError, sha256, unpack } from '../settings/packed';
import { readPerson } from '../settings/person';
import { lockable } from '../settings/policy';
import {
  asciiJson,
  firefoxPolicy,
  linuxPolicy,
  macPolicy,
  windowsPolicy,
  type PolicyIds,
  type PolicyValue,
  type PolicyValues,
} from '../settings/policy-files';
import { contentHash, keepDraft, readDraft, replaceDraft } from './agreement-draft';
import type { WorkerContext } from './context';

/** What stands before the agreement in a link to the options page. */
export const linkPrefix = '#agreement=';
/** Longer addresses are cut by mail programs and chats. */
const linkLength = 30_000;
const largest = 5_000_000;

const toUrl = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll(/=+$/g, '');

const fromUrl = (text: string): string => {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  return base64.padEnd(Math.ceil(base64.length / 4) * 4, '=');
};

async function linkTo(document: AgreementDocument): Promise<string | null> {
  const packed = toUrl(await pack(JSON.stringify(document)));
  const link = `${browser.runtime.getURL('/options.html')}${linkPrefix}${packed}`;
  return link.length <= linkLength ? link : null;
}

/** The JSON in a link; `null` where it is none. A file's text is given back as it is. */
async function textOf(given: string): Promise<string | null> {
  const at = given.indexOf(linkPrefix);
  const isLink = at !== -1 && !given.trimStart().startsWith('{') && !given.trimStart().startsWith('[');
  if (!isLink) return given;
  try {
    return await unpack(fromUrl(given.slice(at + linkPrefix.length).trim()), largest);
  } catch (error) {
    if (error instanceof PackedError) return null;
    throw error;
  }
}

async function droppedFrom(document: AgreementDocument): Promise<DroppedSignature[]> {
  const hash = await contentHash(document);
  const valid = validSignatures(document, hash);
  return (document.approval?.signatures ?? [])
    .filter((one) => !valid.includes(one))
    .map(({ by, party, hash: of }) => ({ by, party, why: of === hash ? 'not-named' : 'other-content' }));
}

/** With only those signatures that count, and a proposal that is of this text. */
async function sound(document: AgreementDocument): Promise<AgreementDocument> {
  const hash = await contentHash(document);
  const { proposed } = document.approval ?? {};
  const signatures = validSignatures(document, hash);
  if (proposed?.hash !== hash) return contentOf(document);
  return { ...contentOf(document), approval: { proposed, signatures: [...signatures] } };
}

const sameSigner = (a: Signature, b: Signature): boolean => a.party === b.party;

/** One text, signed here by one side and there by the other. */
function joined(mine: AgreementDocument, theirs: AgreementDocument): AgreementDocument {
  const [ours, others] = [mine.approval?.signatures ?? [], theirs.approval?.signatures ?? []];
  const proposed = mine.approval?.proposed ?? theirs.approval?.proposed;
  if (!proposed) return mine;
  const signatures = [...ours, ...others.filter((one) => !ours.some((other) => sameSigner(one, other)))];
  return { ...contentOf(mine), approval: { proposed, signatures } };
}

export async function importDocument(
  { text: given, keep }: { readonly text: string; readonly keep: boolean },
  context: WorkerContext,
): Promise<ImportReply> {
  const text = await textOf(given);
  if (text === null) return { ok: false, code: 'not-a-link' };
  // A list of versions is a file, too: its newest one is meant.
  const reading = readBook(text);
  if (!reading.ok)
    return reading.code === 'newer'
      ? { ok: false, code: 'newer', schema: reading.schema }
      : { ok: false, code: 'unreadable', issues: reading.issues };
  const dropped = await droppedFrom(reading.book[0]);
  const draft = await readDraft();
  const document = await sound(reading.book[0]);
  const isSame =
    draft?.document !== undefined &&
    draft.document !== null &&
    (await contentHash(draft.document)) === (await contentHash(document));
  const result = isSame && draft.document ? joined(draft.document, document) : document;
  if (keep) {
    const kept = await (isSame ? keepDraft : replaceDraft)(result, context.now());
    if (!kept) return { ok: false, code: 'not-kept' };
  }
  return { ok: true, document: result, isSame, dropped };
}

async function booksOf(
  of: ExportOf,
  context: WorkerContext,
): Promise<Book | 'no-draft' | 'invalid' | 'no-such-version'> {
  if (of === 'draft') {
    const draft = await readDraft();
    if (!draft) return 'no-draft';
    return draft.document ? [draft.document] : 'invalid';
  }
  const { document, coming } = await context.agreement();
  if (of === 'in-force') return [document];
  const next = coming[0];
  // Until its instant the one before it governs: a browser that has neither needs both.
  return next ? [next.document, document] : 'no-such-version';
}

const fileName = ({ id, version }: AgreementDocument): string => `${id.replaceAll(/[^\w.-]+/g, '-')}-v${version}.json`;

export async function exportDocument(of: ExportOf, context: WorkerContext): Promise<ExportReply> {
  const book = await booksOf(of, context);
  if (typeof book === 'string') return { ok: false, code: book };
  const [document] = book;
  return { ok: true, name: fileName(document), text: fileText([document]), link: await linkTo(document) };
}

/** Ids of the shipped extension; that of this browser is known for certain. */
function ids(): PolicyIds {
  const own = browser.runtime.id;
  const isChromium = /^[a-p]{32}$/.test(own);
  return {
    chromium: isChromium ? own : 'cgoikgohfmdkfcehifinbfppdllllkec',
    firefox: isChromium ? 'relevo@relevo.invalid' : own,
  };
}

/** A file of one version, or of several that belong together. */
const fileText = (book: Book): string => `${JSON.stringify(book.length === 1 ? book[0] : book, null, 2)}\n`;

/** Where the agreement comes from, as a policy says it: the text itself, an address, or the team's address. */
async function whence(book: Book, { url, pinned = false }: PolicyFilesRequest): Promise<PolicyValues> {
  if (url === undefined) return { agreement: asciiJson(JSON.parse(bookText(book))) };
  return { agreementUrl: url, ...(pinned ? { agreementSha256: await sha256(fileText(book)) } : {}) };
}

/** A lock without a value would keep everyone at what they happen to have. */
async function locks(names: readonly string[]): Promise<PolicyValues> {
  const { person } = await readPerson();
  const values: Record<string, PolicyValue> = {};
  const locked: string[] = [];
  for (const name of lockable) {
    if (!names.includes(name)) continue;
    const value = name === 'agreement' ? null : (person[name] ?? null);
    if (value !== null) values[name] = value;
    if (name === 'agreement' || value !== null) locked.push(name);
  }
  return {
    ...(locked.length > 0 ? { locked } : {}),
    ...(Object.keys(values).length > 0 ? { person: values } : {}),
  };
}

export async function policyFiles(request: PolicyFilesRequest, context: WorkerContext): Promise<PolicyFilesReply> {
  const { of, team, url, origins = [], locked = [] } = request;
  // An agreement in the policy would go before the team's.
  const book = team === undefined ? await booksOf(of, context) : null;
  if (typeof book === 'string') return { ok: false, code: book };
  const values: PolicyValues = {
    ...(book ? await whence(book, request) : { teamUrl: team ?? '' }),
    ...(origins.length > 0 ? { origins } : {}),
    ...(await locks(locked)),
  };
  const hosted = book && url !== undefined ? { name: fileName(book[0]), text: fileText(book) } : null;
  return { ok: true, files: filesOf(values, ids()), hosted };
}

function filesOf(values: PolicyValues, known: PolicyIds): PolicyFile[] {
  const uuids = (): [string, string] => [crypto.randomUUID(), crypto.randomUUID()];
  const chromiumLinux = linuxPolicy(values, known);
  return [
    {
      name: 'relevo-chrome.reg',
      browser: 'chrome',
      system: 'windows',
      where: 'regedit, Group Policy',
      text: windowsPolicy(values, known, 'chrome'),
    },
    {
      name: 'relevo-edge.reg',
      browser: 'edge',
      system: 'windows',
      where: 'regedit, Group Policy',
      text: windowsPolicy(values, known, 'edge'),
    },
    {
      name: 'relevo-chrome.mobileconfig',
      browser: 'chrome',
      system: 'macos',
      where: 'MDM',
      text: macPolicy(values, known, 'chrome', uuids()),
    },
    {
      name: 'relevo-edge.mobileconfig',
      browser: 'edge',
      system: 'macos',
      where: 'MDM',
      text: macPolicy(values, known, 'edge', uuids()),
    },
    {
      name: 'relevo-chrome.json',
      browser: 'chrome',
      system: 'linux',
      where: '/etc/opt/chrome/policies/managed/',
      text: chromiumLinux,
    },
    {
      name: 'relevo-edge.json',
      browser: 'edge',
      system: 'linux',
      where: '/etc/opt/edge/policies/managed/',
      text: chromiumLinux,
    },
    {
      name: 'relevo-chromium.json',
      browser: 'chromium',
      system: 'linux',
      where: '/etc/chromium/policies/managed/',
      text: chromiumLinux,
    },
    {
      name: 'policies.json',
      browser: 'firefox',
      system: 'all',
      where: 'distribution/',
      text: firefoxPolicy(values, known),
    },
  ];
}
