import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { defaultAgreement } from '../../../lib/agreement/default';
import type { AgreementDocument } from '../../../lib/agreement/document';
import { documentOf } from '../../../lib/agreement/migrate';
import type {
  AgreementProtocol,
  AgreementReply,
  ImportReply,
  PolicyFilesRequest,
} from '../../../lib/messages/agreements';
import type { Services } from '../../../lib/messages/router';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { parsePolicy } from '../../../lib/settings/policy';
import { contentHash } from '../../../lib/worker/agreement-draft';
import { agreementLead } from '../../../lib/worker/agreement-facts';
import { createAgreementServices } from '../../../lib/worker/agreement-services';
import { effectAlarm, onSyncAlarm, syncAlarm, tendAgreements } from '../../../lib/worker/agreement-upkeep';
import { restartWorker, startWorker, monday, type TestWorker } from './support';

const day = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
const options = { kind: 'options', origin: 'chrome-extension://abc', tabId: 1, frameId: 0 } as const;

let worker: TestWorker;
let services: Pick<Services, keyof AgreementProtocol>;
const changed = vi.fn<() => void>();

/** A draft that both sides can sign: it takes effect tomorrow. */
function written(more: Partial<AgreementDocument> = {}): AgreementDocument {
  return {
    ...documentOf(defaultAgreement),
    id: 'team',
    version: 1,
    effectiveFrom: iso(monday + day),
    parties: { marketing: { signatories: ['Marta Ruiz'] }, sales: { signatories: ['Sam Poe'] } },
    ...more,
  };
}

/** As an editor that was opened just now. */
const save = async (document: unknown) => {
  const base = (await state()).draft?.savedAt ?? null;
  return services.saveDraft({ text: JSON.stringify(document), base }, options);
};
const state = () => services.agreementState({}, options);
const propose = () => services.propose({}, options);
const sign = (party: 'marketing' | 'sales', by: string) => services.sign({ as: { party, by } }, options);
const publish = () => services.publish({}, options);
const code = async (reply: Promise<AgreementReply> | AgreementReply): Promise<string> => {
  const settled = await reply;
  return settled.ok ? 'ok' : settled.code;
};
const take = (text: string, keep = true) => services.importDocument({ text, keep }, options);

async function approve(document = written()): Promise<void> {
  await save(document);
  expect(await propose()).toEqual({ ok: true });
  expect(await sign('marketing', 'marta ruiz')).toEqual({ ok: true });
  expect(await sign('sales', ' Sam Poe ')).toEqual({ ok: true });
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  worker = await startWorker();
  await browser.storage.sync.clear();
  worker.context.agreementChanged();
  changed.mockReset();
  services = createAgreementServices(worker.context, changed);
  await writePerson({ ...defaultPerson, side: 'marketing', name: 'Marta Ruiz' });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the change procedure', () => {
  it('goes from a draft over both signatures to the version in force, and the one before is superseded', async () => {
    await approve();
    expect((await state()).draft).toMatchObject({
      stage: 'approved',
      signatures: [{ party: 'marketing' }, { party: 'sales' }],
    });
    expect(await publish()).toEqual({ ok: true });
    expect(changed).toHaveBeenCalledOnce();
    let now = await state();
    expect(now).toMatchObject({ source: 'built-in', draft: null, versions: [{ stage: 'approved', isSigned: true }] });
    expect((await browser.alarms.get(effectAlarm))?.scheduledTime).toBe(monday + day);

    worker.at(monday + day);
    now = await state();
    expect(now).toMatchObject({ source: 'sync', document: { id: 'team', version: 1 } });
    await approve(written({ version: 2, effectiveFrom: iso(monday + 2 * day), notes: 'faster' }));
    expect(await publish()).toEqual({ ok: true });
    worker.at(monday + 3 * day);
    expect((await state()).versions.map(({ document, stage }) => [document.version, stage])).toEqual([
      [2, 'effective'],
      [1, 'superseded'],
    ]);
  });

  it('is still known after the worker was stopped, before anything reached sync, and then gets there', async () => {
    await approve();
    await publish();
    expect(await browser.storage.sync.get('agreement:head')).toEqual({});
    const next = restartWorker(monday + day);
    expect((await next.context.agreement()).document.id).toBe('team');
    expect(await browser.alarms.get(syncAlarm)).toBeDefined();
    await onSyncAlarm(next.context);
    expect(await browser.storage.sync.get('agreement:head')).toMatchObject({ 'agreement:head': { by: 'Marta Ruiz' } });
    expect(await browser.alarms.get(syncAlarm)).toBeUndefined();
  });

  it('keeps each signature as a fact of the version, once', async () => {
    await approve();
    await publish();
    const key = agreementLead('team', 1);
    expect(key).toBe('relevo|agreement|team|v1');
    const facts = await worker.context.withLedger((ledger) => ledger.factsOf([key]));
    expect(facts.get(key)?.toSorted((a, b) => (a.party ?? '').localeCompare(b.party ?? ''))).toMatchObject([
      { kind: 'approval', version: 1, author: 'marta ruiz', party: 'marketing', at: monday },
      { kind: 'approval', version: 1, author: 'Sam Poe', party: 'sales', at: monday },
    ]);
  });

  it('an edit voids what was signed, and an autosave of the same text does not', async () => {
    await approve();
    expect(await save(written())).toMatchObject({ ok: true, voided: 0 });
    expect(await save(written({ notes: 'one word more' }))).toMatchObject({ ok: true, voided: 2 });
    expect((await state()).draft).toMatchObject({ stage: 'draft', signatures: [] });
    expect(await code(publish())).toBe('not-approved');
  });

  it('an edit takes a proposal back, also where nobody has signed yet', async () => {
    await save(written());
    await propose();
    expect(await save(written())).toMatchObject({ ok: true, voided: 0, isProposed: true });
    expect(await save(written({ notes: 'more' }))).toMatchObject({ ok: true, voided: 0, isProposed: false });
  });

  it('a draft that another tab has written meanwhile is not written over; who insists keeps both', async () => {
    await save(written({ notes: 'first' }));
    const base = (await state()).draft?.savedAt ?? null;
    worker.at(monday + 1_000);
    const theirs = { text: JSON.stringify(written({ notes: 'theirs' })), base };
    expect(await services.saveDraft(theirs, options)).toMatchObject({ ok: true });
    worker.at(monday + 2_000);
    const mine = { text: JSON.stringify(written({ notes: 'mine' })), base };
    expect(await services.saveDraft(mine, options)).toEqual({ ok: false, code: 'changed-elsewhere' });
    expect((await state()).draft?.document?.notes).toBe('theirs');
    expect(await services.saveDraft({ ...mine, keepBoth: true }, options)).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ draft: { document: { notes: 'mine' } }, hasDraftBefore: true });
    await services.dropDraft({ restore: true }, options);
    expect((await state()).draft?.document?.notes).toBe('theirs');
  });

  it('a draft that went away meanwhile does not come back by an autosave', async () => {
    await save(written());
    const base = (await state()).draft?.savedAt ?? null;
    await services.dropDraft({ restore: false }, options);
    const text = JSON.stringify(written({ notes: 'late' }));
    expect(await services.saveDraft({ text, base }, options)).toEqual({ ok: false, code: 'changed-elsewhere' });
    expect((await state()).draft).toBeNull();
    expect(await services.saveDraft({ text, base: null }, options)).toMatchObject({ ok: true });
  });

  it('who looks right after an edit sees it: the state waits for what is being saved', async () => {
    const saving = services.saveDraft({ text: JSON.stringify(written()), base: null }, options);
    expect((await state()).draft).toMatchObject({ stage: 'draft' });
    await saving;
  });

  it('where the organisation wants no agreement to be written, no step of one is taken', async () => {
    await save(written());
    await propose();
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({ locked: ['agreement'] } as never);
    const steps = {
      start: services.startDraft({ from: 'in-force' }, options),
      drop: services.dropDraft({ restore: false }, options),
      propose: propose(),
      sign: sign('sales', 'Sam Poe'),
      withdraw: services.withdraw({}, options),
      publish: publish(),
      save: save(written({ notes: 'x' })),
      keep: take(JSON.stringify(written({ version: 9 }))),
    };
    for (const [step, reply] of Object.entries(steps))
      expect([step, await reply]).toEqual([step, { ok: false, code: 'set-by-policy' }]);
    expect((await state()).draft).toMatchObject({ stage: 'proposed', signatures: [] });
    // Looking at a file changes nothing.
    expect(await take(JSON.stringify(written({ version: 9 })), false)).toMatchObject({ ok: true });
  });

  it('a text that comes from the page brings no signature along', async () => {
    await approve();
    const signed = (await state()).draft?.document;
    await services.dropDraft({ restore: false }, options);
    await save(signed);
    expect((await state()).draft).toMatchObject({ stage: 'draft', signatures: [] });
  });

  it('who is not named can’t sign, nor one for the other side; and each side signs once', async () => {
    await save(written());
    expect(await code(sign('sales', 'Sam Poe'))).toBe('not-proposed');
    await propose();
    expect(await sign('sales', 'Marta Ruiz')).toEqual({ ok: false, code: 'not-named', party: 'sales' });
    expect(await code(sign('sales', 'Nobody'))).toBe('not-named');
    expect(await code(services.sign({}, options))).toBe('ok');
    expect(await code(sign('marketing', 'Marta Ruiz'))).toBe('already-signed');
    expect((await state()).draft?.signatures).toHaveLength(1);
    const facts = await worker.context.withLedger((ledger) => ledger.factsOf([agreementLead('team', 1)]));
    expect(facts.get(agreementLead('team', 1))).toHaveLength(1);
  });

  it.each([
    ['an hour ago, by this clock', monday - 3_600_000, 'effective-too-soon'],
    ['now', monday, 'effective-too-soon'],
    ['in an hour', monday + 3_600_000, 'ok'],
  ])('an agreement that takes effect %s', async (_, from, expected) => {
    await save(written({ effectiveFrom: iso(from) }));
    expect(await code(propose())).toBe(expected);
  });

  it('a signature after the instant is refused: what is agreed does not reach back', async () => {
    await save(written());
    await propose();
    worker.at(monday + day + 1);
    expect(await code(sign('sales', 'Sam Poe'))).toBe('effective-too-soon');
  });

  it('what both signed and nobody put into force in time stays approved, and can only be withdrawn', async () => {
    await approve();
    worker.at(monday + day);
    expect((await state()).draft).toMatchObject({ stage: 'approved', hasPassed: true, signatures: [{}, {}] });
    expect(await code(publish())).toBe('effective-too-soon');
    expect(await state()).toMatchObject({ source: 'built-in', versions: [] });
    expect(await services.withdraw({}, options)).toEqual({ ok: true });
    await approve(written({ effectiveFrom: iso(monday + 2 * day) }));
    expect((await state()).draft).toMatchObject({ stage: 'approved', hasPassed: false });
    expect(await publish()).toEqual({ ok: true });
  });

  it('without an instant nothing is put into force, whoever signed it elsewhere', async () => {
    await approve();
    const { text } = (await services.exportDocument({ of: 'draft' }, options)) as { text: string };
    const { effectiveFrom: _from, approval, ...content } = JSON.parse(text) as AgreementDocument;
    const hash = await contentHash(content);
    const signatures = approval?.signatures.map((one) => ({ ...one, hash }));
    const proposed = { ...approval?.proposed, hash };
    await services.dropDraft({ restore: false }, options);
    expect(await take(JSON.stringify({ ...content, approval: { proposed, signatures } }))).toMatchObject({ ok: true });
    expect((await state()).draft).toMatchObject({ stage: 'approved', hasPassed: false });
    expect(await code(publish())).toBe('no-effective-instant');
  });

  it('a clock that is set back makes the version wait again, and one that is right brings it back', async () => {
    await approve();
    await publish();
    worker.at(monday + day);
    expect((await worker.context.agreement()).document.id).toBe('team');
    const early = restartWorker(monday - 5 * 3_600_000);
    expect(await early.context.agreement()).toMatchObject({ source: 'built-in', nextAt: monday + day });
    expect((await restartWorker(monday + day).context.agreement()).document.id).toBe('team');
  });

  it('a draft that can’t work is not proposed, and is kept all the same', async () => {
    const broken = written();
    await save({ ...broken, services: 'later' });
    expect((await state()).draft).toMatchObject({ document: null, issues: [{ path: ['services'] }] });
    expect(await propose()).toMatchObject({ ok: false, code: 'invalid' });
    const { management } = broken;
    await save({
      ...broken,
      management: {
        ...management,
        promises: [{ id: 'p', party: 'sales', measure: 'accepted-share', value: 120, per: 'month' }],
      },
    });
    expect(await propose()).toMatchObject({ ok: false, code: 'invalid' });
    expect((await state()).draft?.text).toContain('120');
  });

  it('a version number that was used is refused, and a new draft has the next one', async () => {
    await approve();
    await publish();
    await save(written({ effectiveFrom: iso(monday + 2 * day) }));
    expect(await code(propose())).toBe('version-not-newer');
    worker.at(monday + day);
    await services.startDraft({ from: 'in-force' }, options);
    expect((await state()).draft?.document).toMatchObject({ id: 'team', version: 2 });
    expect((await state()).hasDraftBefore).toBe(true);
    await services.dropDraft({ restore: true }, options);
    expect((await state()).draft?.document).toMatchObject({ version: 1 });
  });

  it('nothing is published where the organisation has set an agreement', async () => {
    await approve();
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({ agreement: written({ id: 'company' }) } as never);
    worker.context.agreementChanged();
    expect(await code(publish())).toBe('set-by-policy');
    expect((await state()).isLocked).toBe(true);
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({ locked: ['agreement'] } as never);
    worker.context.agreementChanged();
    expect(await save(written())).toEqual({ ok: false, code: 'set-by-policy' });
  });

  it('who has not said who they are neither proposes nor confirms', async () => {
    await writePerson(defaultPerson);
    await save(written());
    expect(await code(propose())).toBe('name-unknown');
    await writePerson({ ...defaultPerson, name: 'Marta Ruiz' });
    expect(await code(propose())).toBe('side-unknown');
  });

  it('a proposal is taken back, with the signatures under it', async () => {
    await approve();
    expect(await code(services.withdraw({}, options))).toBe('ok');
    expect((await state()).draft).toMatchObject({ stage: 'draft', signatures: [] });
  });

  it('says when the storage refuses, and nothing is signed then', async () => {
    await save(written());
    await propose();
    vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'));
    expect(await code(sign('sales', 'Sam Poe'))).toBe('not-kept');
    expect(await save(written({ notes: 'x' }))).toEqual({ ok: false, code: 'full' });
    const facts = await worker.context.withLedger((ledger) => ledger.factsOf([agreementLead('team', 1)]));
    expect(facts.get(agreementLead('team', 1))).toEqual([]);
  });
});

describe('a first agreement', () => {
  it('is a preset in force at once, under a name of its own, and only where there is none', async () => {
    expect(await code(services.adoptPreset({ preset: 'fast' }, options))).toBe('ok');
    const now = await state();
    expect(now).toMatchObject({ source: 'sync', document: { version: 1 }, versions: [{ isSigned: false }] });
    expect(now.document.id).toMatch(/^fast-[0-9a-f]{8}$/);
    expect(await code(services.adoptPreset({ preset: 'standard' }, options))).toBe('has-agreement');
  });
});

describe('where values come from', () => {
  it('is said of every field: the document’s source, or the default where it leaves one out', async () => {
    const { management, ...rest } = documentOf(defaultAgreement);
    const { taxonomy: _taxonomy, ...without } = management;
    await browser.storage.sync.set({ agreement: { ...rest, id: 'team', management: without } });
    worker.context.agreementChanged();
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({
      person: { badge: 'quiet' },
      locked: ['badge'],
    } as never);
    expect((await state()).sources).toMatchObject({
      agreement: 'sync',
      'services.commitments': 'sync',
      'management.taxonomy': 'built-in',
      'management.atRisk': 'sync',
      'person.badge': 'policy',
      'person.side': 'sync',
    });
  });
});

describe('having read a version', () => {
  it('is asked of everyone for what is in force and what is coming, and kept as a fact once', async () => {
    await approve();
    await publish();
    expect((await state()).toAcknowledge).toEqual([{ id: 'team', version: 1, effectiveFrom: iso(monday + day) }]);
    expect(await code(services.acknowledge({ id: 'team', version: 1 }, options))).toBe('ok');
    expect(await state()).toMatchObject({
      toAcknowledge: [],
      versions: [{ acknowledged: [{ by: 'Marta Ruiz', party: 'marketing', at: monday }] }],
    });
    expect(await code(services.acknowledge({ id: 'team', version: 1 }, options))).toBe('already-acknowledged');
    expect(await code(services.acknowledge({ id: 'team', version: 9 }, options))).toBe('no-such-version');
    await writePerson({ ...defaultPerson, side: 'sales', name: 'Sam Poe' });
    expect((await state()).toAcknowledge).toHaveLength(1);
  });
});

describe('files and links', () => {
  it('an agreement goes out as a file and comes in as a draft, the signatures that count with it', async () => {
    await save(written());
    await propose();
    await sign('marketing', 'Marta Ruiz');
    const file = await services.exportDocument({ of: 'draft' }, options);
    if (!file.ok) throw new Error(file.code);
    expect(file.name).toBe('team-v1.json');
    await services.dropDraft({ restore: false }, options);
    expect(await take(file.text, false)).toMatchObject({ ok: true, isSame: false, dropped: [] });
    expect((await state()).draft).toBeNull();
    await take(file.text);
    expect((await state()).draft).toMatchObject({ stage: 'proposed', signatures: [{ by: 'Marta Ruiz' }] });
    // The other side signs in a browser of its own, and sends the file back.
    const mine = JSON.stringify((await state()).draft?.document);
    await sign('sales', 'Sam Poe');
    const signed = await services.exportDocument({ of: 'draft' }, options);
    await take(mine);
    expect(await take(signed.ok ? signed.text : '')).toMatchObject({ ok: true, isSame: true });
    expect((await state()).draft).toMatchObject({ stage: 'approved' });
  });

  it('a link holds it too, and a cut one changes nothing', async () => {
    await save(written());
    const file = await services.exportDocument({ of: 'draft' }, options);
    const link = file.ok ? (file.link ?? '') : '';
    expect(link).toMatch(/\/options\.html#agreement=[\w-]+$/);
    expect(link.length).toBeLessThan(30_000);
    expect(await take(link, false)).toMatchObject({ ok: true, document: { id: 'team' }, isSame: true });
    expect(await take(link.slice(0, -20))).toEqual({ ok: false, code: 'not-a-link' });
  });

  it('signatures of people who are not named, and for other text, do not count and are said', async () => {
    await approve();
    const { document } = (await state()).draft ?? {};
    if (!document?.approval) throw new Error('not signed');
    const [first, second] = document.approval.signatures;
    const forged = {
      ...document,
      approval: {
        ...document.approval,
        signatures: [
          { ...first, by: 'Nobody' },
          { ...second, hash: '0'.repeat(64) },
        ],
      },
    };
    await services.dropDraft({ restore: false }, options);
    expect(await take(JSON.stringify(forged))).toMatchObject({
      ok: true,
      dropped: [
        { by: 'Nobody', party: 'marketing', why: 'not-named' },
        { by: 'Sam Poe', party: 'sales', why: 'other-content' },
      ],
    });
    expect((await state()).draft).toMatchObject({ stage: 'proposed', signatures: [] });
  });

  it.each<[string, string, ImportReply]>([
    ['a newer format', '{"schema":3}', { ok: false, code: 'newer', schema: 3 }],
    [
      'more than 5 MB',
      `{"schema":2,"notes":"${'x'.repeat(5_000_000)}"}`,
      { ok: false, code: 'unreadable', issues: [expect.objectContaining({ code: 'too-large' })] },
    ],
    [
      'no JSON',
      'agreement',
      { ok: false, code: 'unreadable', issues: [expect.objectContaining({ code: 'not-json', path: [] })] },
    ],
    [
      'a wrong field',
      JSON.stringify({ ...written(), version: 'four' }),
      { ok: false, code: 'unreadable', issues: [expect.objectContaining({ path: ['version'] })] },
    ],
  ])('%s is refused with the path of what is wrong, and nothing is changed', async (_, text, expected) => {
    await save(written());
    const before = await browser.storage.local.get(null);
    expect(await take(text)).toEqual(expected);
    expect(await browser.storage.local.get(null)).toEqual(before);
  });

  it('an agreement of nearly 5 MB is kept as a draft and comes back whole', async () => {
    const clauses = Array.from({ length: 500 }, (_, index) => ({
      number: String(index),
      text: { en: 'a'.repeat(3_990), es: 'b'.repeat(3_990) },
    }));
    const long = written();
    const text = JSON.stringify({ ...long, management: { ...long.management, clauses } });
    expect(text.length).toBeGreaterThan(3_900_000);
    expect(await services.saveDraft({ text, base: null }, options)).toMatchObject({ ok: true });
    expect((await state()).draft?.text.length).toBe(text.length);
  });

  describe('policy files', () => {
    const request = (data: PolicyFilesRequest) => services.policyFiles(data, options);

    /** What Chromium would hand over of the files for Linux. */
    async function policyOf(data: PolicyFilesRequest) {
      const reply = await request(data);
      if (!reply.ok) throw new Error(reply.code);
      const linux = reply.files.find(({ name }) => name === 'relevo-chromium.json')?.text ?? '';
      const parsed = JSON.parse(linux) as { '3rdparty': { extensions: Record<string, Record<string, unknown>> } };
      const [policy = {}] = Object.values(parsed['3rdparty'].extensions);
      return { policy, files: reply.files, hosted: reply.hosted };
    }

    /** The preset in force, and the next version signed and on its way. */
    async function twoVersions(): Promise<string> {
      await services.adoptPreset({ preset: 'standard' }, options);
      const { id } = (await state()).document;
      await approve(written({ id, version: 2 }));
      await publish();
      return id;
    }

    /** A browser that knows nothing but the policy. */
    async function elsewhere(policy: Record<string, unknown>): Promise<void> {
      await startWorker();
      await browser.storage.sync.clear();
      vi.spyOn(browser.storage.managed, 'get').mockResolvedValue(policy as never);
    }

    it('hold what is in force, and a coming version brings the present one along', async () => {
      const id = await twoVersions();
      const { policy, files, hosted } = await policyOf({
        of: 'coming',
        origins: ['https://crm.example/*'],
        locked: ['badge', 'colour'],
      });
      expect(new Set(files.map(({ browser: name, system }) => `${name} ${system}`)).size).toBe(8);
      expect(policy).toMatchObject({ origins: ['https://crm.example/*'], locked: ['badge'] });
      expect(hosted).toBeNull();
      await elsewhere(policy);
      expect(await restartWorker(monday).context.agreement()).toMatchObject({
        source: 'policy',
        document: { id, version: 1 },
      });
      expect(await restartWorker(monday + day).context.agreement()).toMatchObject({ document: { id, version: 2 } });
    });

    it('lock a setting at the value that the person has, and none that they have not set', async () => {
      await writePerson({ ...defaultPerson, badge: 'quiet', reminders: { on: true } });
      const { policy } = await policyOf({
        of: 'in-force',
        locked: ['badge', 'reminders', 'side', 'name', 'agreement'],
      });
      const { locked, person, ignored } = parsePolicy(policy);
      expect([...locked].toSorted()).toEqual(['agreement', 'badge', 'reminders']);
      expect(person).toEqual({ badge: 'quiet', reminders: { on: true } });
      expect(ignored).toEqual([]);
    });

    it('of an address pin what lies there only where that is wanted, and then the very bytes of the file for it', async () => {
      await twoVersions();
      const url = 'https://sla.example/a.json';
      const loose = await policyOf({ of: 'coming', url });
      expect(parsePolicy(loose.policy)).toMatchObject({ address: { url }, ignored: [] });
      expect(loose.policy).not.toHaveProperty('agreementSha256');
      expect(loose.policy).not.toHaveProperty('agreement');
      const pinned = await policyOf({ of: 'coming', url, pinned: true });
      const bytes = createHash('sha256')
        .update(pinned.hosted?.text ?? '')
        .digest('hex');
      expect(parsePolicy(pinned.policy).address).toEqual({ url, sha256: bytes });
    });

    it('of an address come with the file for it: with the version in force, where another one is to come', async () => {
      const id = await twoVersions();
      const { policy, hosted } = await policyOf({ of: 'coming', url: 'https://sla.example/a.json', pinned: true });
      expect(hosted?.name).toBe(`${id}-v2.json`);
      await elsewhere(policy);
      vi.stubGlobal('fetch', async () => new Response(hosted?.text));
      vi.spyOn(browser.permissions, 'contains').mockResolvedValue(false as never);
      const early = restartWorker(monday);
      await tendAgreements(early.context);
      expect(await early.context.agreement()).toMatchObject({ source: 'policy', document: { id, version: 1 } });
      expect(await restartWorker(monday + day).context.agreement()).toMatchObject({ document: { id, version: 2 } });
      vi.unstubAllGlobals();
      // Brought in by hand, the newest one of them is meant.
      expect(await take(hosted?.text ?? '', false)).toMatchObject({ ok: true, document: { version: 2 } });
    });

    it('of the team’s address name that instead of an agreement, and need none here', async () => {
      const team = 'https://sla.example/agreements/main';
      const { policy, hosted } = await policyOf({ of: 'draft', team });
      expect(policy).toEqual({ teamUrl: team });
      expect(parsePolicy(policy)).toMatchObject({ team, ignored: [] });
      expect(hosted).toBeNull();
      expect(await request({ of: 'draft' })).toEqual({ ok: false, code: 'no-draft' });
    });
  });
});

describe('upkeep', () => {
  it('writes what waits a moment later, several changes once, and does not wait for a year after the clock was set back', async () => {
    const set = vi.spyOn(browser.storage.sync, 'set').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'));
    await services.adoptPreset({ preset: 'standard' }, options);
    await tendAgreements(worker.context);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(async () => {
      expect((await state()).problems).toMatchObject([{ code: 'agreement-not-synced', detail: 'quota' }]);
    });
    expect(set).toHaveBeenCalledOnce();
    set.mockRestore();
    const earlier = restartWorker(monday - 365 * day);
    await tendAgreements(earlier.context);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(async () => {
      // The last thing that it does.
      expect(await browser.alarms.get(syncAlarm)).toBeUndefined();
    });
    expect(await browser.storage.sync.get('agreement:head')).toHaveProperty('agreement:head');
  });

  it('moves the first form into parts at the next start, and asks the organisation’s address', async () => {
    await browser.storage.sync.set({ agreement: { ...defaultAgreement, id: 'old' } });
    await tendAgreements(worker.context);
    await onSyncAlarm(worker.context);
    expect(Object.keys(await browser.storage.sync.get(null))).toEqual(
      expect.arrayContaining(['agreement:head', 'person']),
    );
    expect(await browser.storage.sync.get('agreement')).toEqual({});
    expect((await worker.context.agreement()).document.id).toBe('old');

    const fetched = vi.fn<() => Promise<Response>>(
      async () => new Response(JSON.stringify(written({ id: 'company', version: 3 }))),
    );
    vi.stubGlobal('fetch', fetched);
    vi.spyOn(browser.permissions, 'contains').mockResolvedValue(false as never);
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({
      agreementUrl: 'https://intranet.example/sla',
    } as never);
    await tendAgreements(worker.context);
    await tendAgreements(worker.context);
    expect(fetched).toHaveBeenCalledOnce();
    expect((await worker.context.agreement()).coming).toMatchObject([{ source: 'policy', document: { version: 3 } }]);
    vi.unstubAllGlobals();
  });
});
