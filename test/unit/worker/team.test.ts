/** The team's address, against a server that speaks CouchDB: naming, reading, what goes wrong there, and publishing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { defaultAgreement } from '../../../lib/agreement/default';
import type { AgreementDocument } from '../../../lib/agreement/document';
import { documentOf } from '../../../lib/agreement/migrate';
import type { Services } from '../../../lib/messages/router';
import { everyMs } from '../../../lib/settings/agreement-address';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { readTeam, teamKey } from '../../../lib/settings/team-address';
import { readTeamSite } from '../../../lib/settings/team-site';
import { createAgreementServices } from '../../../lib/worker/agreement-services';
import { tendAgreements } from '../../../lib/worker/agreement-upkeep';
import { startCouch, type Couch } from '../../tools/couch';
import { monday, startWorker, type TestWorker } from './support';

const day = 86_400_000;
const options = { kind: 'options', origin: 'chrome-extension://abc', tabId: 1, frameId: 0 } as const;

let couch: Couch;
let worker: TestWorker;
let services: Pick<
  Services,
  | 'agreementState'
  | 'saveDraft'
  | 'propose'
  | 'sign'
  | 'publish'
  | 'saveTeamAddress'
  | 'readTeamAddress'
  | 'publishToTeam'
>;
let policy: Record<string, unknown>;
let granted: boolean;
const changed = vi.fn<() => void>();
const removed = vi.fn(async () => true);

function document(version: number, more: Partial<AgreementDocument> = {}): AgreementDocument {
  return {
    ...documentOf(defaultAgreement),
    id: 'team',
    version,
    parties: { marketing: { signatories: ['Marta Ruiz'] }, sales: { signatories: ['Sam Poe'] } },
    ...more,
  };
}

const state = () => services.agreementState({}, options);
const save = (url: string | null = couch.url, isCrm = false) => services.saveTeamAddress({ url, isCrm }, options);
const readNow = () => services.readTeamAddress({}, options);

/** A draft that both have signed; it takes effect tomorrow. */
async function approve(version: number): Promise<void> {
  const draft = document(version, { effectiveFrom: new Date(monday + day).toISOString() });
  const base = (await state()).draft?.savedAt ?? null;
  expect(await services.saveDraft({ text: JSON.stringify(draft), base }, options)).toMatchObject({ ok: true });
  expect(await services.propose({}, options)).toEqual({ ok: true });
  for (const [party, by] of [
    ['marketing', 'Marta Ruiz'],
    ['sales', 'Sam Poe'],
  ] as const)
    expect(await services.sign({ as: { party, by } }, options)).toEqual({ ok: true });
}

beforeEach(async () => {
  couch = await startCouch();
  worker = await startWorker();
  await browser.storage.sync.clear();
  policy = {};
  granted = true;
  removed.mockReset().mockResolvedValue(true);
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => policy);
  browser.permissions = {
    ...browser.permissions,
    contains: vi.fn(async () => granted) as never,
    getAll: vi.fn(async () => ({ origins: granted ? ['http://127.0.0.1/*'] : [], permissions: [] })),
    remove: removed,
  };
  browser.scripting = {
    ...browser.scripting,
    getRegisteredContentScripts: vi.fn(async () => []),
    registerContentScripts: vi.fn(async () => {}) as never,
    unregisterContentScripts: vi.fn(async () => {}) as never,
  };
  worker.context.agreementChanged();
  services = createAgreementServices(worker.context, changed);
  await writePerson({ ...defaultPerson, side: 'marketing', name: 'Marta Ruiz' });
});
afterEach(() => couch.close());

describe("the team's address", () => {
  it('brings its agreement into force, without what the database says of it, and every field says so', async () => {
    couch.place(document(4));
    expect(await save()).toEqual({ ok: true, isRead: true });
    const now = await state();
    expect(now).toMatchObject({
      source: 'team',
      document: document(4),
      isLocked: false,
      problems: [],
      team: { url: couch.url, byPolicy: false, granted: true, good: { version: 4, fetchedAt: monday }, failing: null },
    });
    expect(now.sources).toMatchObject({ agreement: 'team', 'services.commitments': 'team', 'person.side': 'sync' });
    expect(changed).toHaveBeenCalled();
  });

  it('is told nothing of the person, and asked whether it changed', async () => {
    couch.place(document(4));
    await save();
    await readNow();
    const [first, second] = couch.seen;
    expect(first?.headers).not.toHaveProperty('cookie');
    expect(first?.headers).not.toHaveProperty('authorization');
    expect([first?.status, second?.status]).toEqual([200, 304]);
    expect((await state()).team.good?.version).toBe(4);
  });

  it('is asked at most once an hour, and at once by a click', async () => {
    couch.place(document(4));
    await save();
    worker.at(monday + everyMs - 1);
    await tendAgreements(worker.context);
    expect(couch.seen.length).toBe(1);
    await readNow();
    expect(couch.seen.length).toBe(2);
    couch.place(document(5));
    worker.at(monday + 2 * everyMs);
    expect(await tendAgreements(worker.context)).toBe(true);
    expect((await state()).document.version).toBe(5);
  });

  it('comes after the organisation’s and before what a person has written', async () => {
    await browser.storage.sync.set({ agreement: { ...defaultAgreement, id: 'own', version: 9 } });
    worker.context.agreementChanged();
    expect((await state()).source).toBe('sync');
    couch.place(document(4));
    await save();
    expect((await state()).source).toBe('team');
    policy = { agreement: { ...defaultAgreement, id: 'company' } };
    worker.context.agreementChanged();
    const now = await state();
    expect(now.source).toBe('policy');
    expect(now.team.good?.version).toBe(4);
    policy = {};
    await save(null);
    expect((await state()).source).toBe('sync');
  });

  it('may be the organisation’s to name: then a person changes nothing', async () => {
    couch.place(document(4));
    policy = { teamUrl: couch.url };
    await tendAgreements(worker.context);
    expect((await state()).team).toMatchObject({ url: couch.url, byPolicy: true });
    expect((await state()).source).toBe('team');
    expect(await save('https://other.example/a')).toEqual({ ok: false, code: 'set-by-policy' });
    expect(await save(null)).toEqual({ ok: false, code: 'set-by-policy' });
    // Allowing its site is.
    expect(await save(couch.url)).toEqual({ ok: true, isRead: true });
    expect((await browser.storage.sync.get(teamKey))[teamKey]).toBeUndefined();
  });

  it('with a name and a password in it is not taken from a policy, and said', async () => {
    policy = { teamUrl: 'https://ana:secret@sla.example/a' };
    worker.context.agreementChanged();
    expect((await readTeam()).address).toBeNull();
    expect((await state()).problems).toMatchObject([{ code: 'policy-ignored', detail: 'teamUrl' }]);
  });

  it('that a newer Relevo wrote, or nobody can read, is not written over or believed', async () => {
    await browser.storage.sync.set({ [teamKey]: { schema: 2, place: 'x' } });
    expect(await save()).toEqual({ ok: false, code: 'not-kept' });
    expect((await browser.storage.sync.get(teamKey))[teamKey]).toEqual({ schema: 2, place: 'x' });
    expect((await readTeam()).readable).toBe(false);
    await browser.storage.sync.set({ [teamKey]: { schema: 1, url: 'http://sla.example/a' } });
    expect((await readTeam()).address).toBeNull();
  });
});

describe('what goes wrong there', () => {
  const failingAfter = async (change: () => void | Promise<void>) => {
    couch.place(document(4));
    await save();
    await change();
    await readNow();
    const { team, document: holds, problems } = await state();
    expect(holds.version).toBe(4);
    return { failing: team.failing, codes: problems.map(({ code }) => code) };
  };

  it('a server that wants a name and a password: the last good one holds', async () => {
    expect(await failingAfter(() => couch.allow('nothing'))).toEqual({
      failing: { since: monday, code: 'status', detail: '401' },
      codes: ['team-failing'],
    });
  });

  it('something that is no agreement: the path is told', async () => {
    const { failing } = await failingAfter(() => couch.place({ ...document(5), version: 'five' }));
    expect(failing).toMatchObject({ code: 'unreadable' });
    expect(failing?.detail).toMatch(/^version: /);
  });

  it.each([
    ['not JSON', 'unreadable', '(root): not JSON'],
    [JSON.stringify({ ...documentOf(defaultAgreement), schema: 99 }), 'newer', 'schema 99'],
    [' '.repeat(5_000_001), 'too-large', undefined],
  ])('%#: %s', async (text, code, detail) => {
    const { failing } = await failingAfter(() => couch.sayInstead(text));
    expect(failing).toEqual({ since: monday, code, ...(detail === undefined ? {} : { detail }) });
  });

  it('a server that is gone, with our permission and without', async () => {
    const { failing, codes } = await failingAfter(() => couch.close());
    expect(failing).toMatchObject({ code: 'unreachable' });
    expect(codes).toEqual(['team-failing']);
    granted = false;
    await readNow();
    const { team, problems } = await state();
    expect(team).toMatchObject({ granted: false, failing: { code: 'blocked' } });
    expect(problems.map(({ code }) => code)).toEqual(['team-blocked']);
    couch = await startCouch();
  });

  it('nothing there: the own agreement holds, and what is there afterwards ends the failing', async () => {
    expect(await save()).toEqual({ ok: true, isRead: false });
    expect((await state()).source).toBe('built-in');
    expect((await state()).team.failing).toMatchObject({ code: 'status', detail: '404' });
    couch.place(document(4));
    await readNow();
    expect(await state()).toMatchObject({ source: 'team', team: { failing: null }, problems: [] });
  });
});

describe('the site of the address', () => {
  it('is no CRM unless it was one before, and its permission is given back with the address', async () => {
    await save(couch.url, false);
    expect(await readTeamSite()).toBe('http://127.0.0.1/*');
    expect(browser.scripting.registerContentScripts).not.toHaveBeenCalled();
    await save(null);
    expect(removed).toHaveBeenCalledWith({ origins: ['http://127.0.0.1/*'] });
    expect(await readTeamSite()).toBeNull();

    removed.mockClear();
    await save(couch.url, true);
    expect(await readTeamSite()).toBeNull();
    expect(browser.scripting.registerContentScripts).toHaveBeenCalled();
    await save(null);
    expect(removed).not.toHaveBeenCalled();
  });
});

describe('publishing to the team', () => {
  const publish = () => services.publishToTeam({}, options);

  it('puts what both signed there, under the revision that was read; then it holds for everybody and the draft is none', async () => {
    couch.place(document(4));
    await save();
    await approve(5);
    expect(await services.publish({}, options)).toEqual({ ok: false, code: 'set-by-team' });
    expect((await state()).team.toPublish).toBe(5);
    expect(await publish()).toEqual({ ok: true, version: 5 });
    expect(couch.document()).toMatchObject({
      _rev: expect.stringMatching(/^2-/),
      schema: 3,
      versions: [
        { version: 5, id: 'team' },
        { version: 4, id: 'team' },
      ],
    });
    const now = await state();
    expect(now).toMatchObject({
      draft: null,
      document: { version: 4 },
      team: { toPublish: null, good: { version: 5 } },
    });
    expect(
      now.versions.map(({ document: { version }, source, stage, isSigned }) => [version, source, stage, isSigned]),
    ).toEqual([
      [5, 'team', 'approved', true],
      [4, 'team', 'effective', false],
    ]);
    worker.at(monday + 2 * day);
    expect(await state()).toMatchObject({ source: 'team', document: { version: 5 } });
  });

  it('a browser that comes to the team before the instant has the version that holds until then', async () => {
    couch.place(document(4));
    await save();
    await approve(5);
    await publish();
    worker = await startWorker();
    await browser.storage.sync.clear();
    services = createAgreementServices(worker.context, changed);
    expect(await save()).toEqual({ ok: true, isRead: true });
    expect(await state()).toMatchObject({ source: 'team', document: { version: 4 }, team: { good: { version: 5 } } });
    worker.at(monday + 2 * day);
    expect(await state()).toMatchObject({ source: 'team', document: { version: 5 } });
  });

  it('begins with the own agreement that both signed, where nothing lies there yet', async () => {
    await approve(1);
    expect(await services.publish({}, options)).toEqual({ ok: true });
    await save();
    expect((await state()).team.toPublish).toBe(1);
    expect(await publish()).toEqual({ ok: true, version: 1 });
    expect(couch.document()).toMatchObject({ version: 1 });
    expect((await state()).team.toPublish).toBeNull();
  });

  it('is refused once its instant has passed: hand-offs since then were promised something else', async () => {
    couch.place(document(4));
    await save();
    await approve(5);
    worker.at(monday + day);
    expect((await state()).team.toPublish).toBeNull();
    expect(await publish()).toEqual({ ok: false, code: 'effective-too-soon' });
    expect(couch.document()).toMatchObject({ version: 4 });
    expect((await state()).draft).toMatchObject({ stage: 'approved', hasPassed: true });
  });

  it('overwrites nothing that somebody else has put there meanwhile, and reads it again', async () => {
    couch.place(document(4));
    await save();
    await approve(5);
    couch.place(document(6));
    expect(await publish()).toEqual({ ok: false, code: 'changed', status: 409 });
    expect(couch.document()).toMatchObject({ version: 6 });
    expect(await state()).toMatchObject({
      document: { version: 6 },
      draft: { stage: 'approved' },
      team: { toPublish: null },
    });
    expect(await publish()).toEqual({ ok: false, code: 'nothing' });
  });

  it('is refused where nobody has signed, where the server refuses, and where it does not answer', async () => {
    couch.place(document(4));
    expect(await publish()).toEqual({ ok: false, code: 'no-address' });
    await save();
    await services.saveDraft({ text: JSON.stringify(document(5)), base: null }, options);
    expect(await publish()).toEqual({ ok: false, code: 'nothing' });
    await approve(5);
    couch.allow('reading');
    expect(await publish()).toEqual({ ok: false, code: 'not-allowed', status: 401 });
    await couch.close();
    expect(await publish()).toEqual({ ok: false, code: 'unreachable' });
    expect((await state()).draft).toMatchObject({ stage: 'approved' });
    couch = await startCouch();
  });

  it('is not done under an organisation’s agreement', async () => {
    couch.place(document(4));
    await save();
    await approve(5);
    policy = { agreement: { ...defaultAgreement, id: 'company' } };
    worker.context.agreementChanged();
    expect(await publish()).toEqual({ ok: false, code: 'set-by-policy' });
  });
});
