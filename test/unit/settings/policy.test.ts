import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { defaultAgreement } from '../../../lib/agreement/default';
import { readEffectiveAgreement } from '../../../lib/settings/agreement';
import { sha256 } from '../../../lib/settings/packed';
import { defaultPerson, readPerson, writePerson } from '../../../lib/settings/person';
import type { Address } from '../../../lib/settings/agreement-address';
import { parsePolicy, policyKeys } from '../../../lib/settings/policy';
import { policyEveryMs, readAddress, refreshAddress } from '../../../lib/settings/policy-address';

const now = Date.UTC(2026, 10, 23, 9);
const named = (id: string, version = 1) => ({ ...defaultAgreement, id, version });

let policy: Record<string, unknown>;

beforeEach(() => {
  fakeBrowser.reset();
  policy = {};
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => policy);
  vi.spyOn(browser.permissions, 'contains').mockResolvedValue(false as never);
});

describe('a policy', () => {
  it('is read setting by setting: what is wrong or unknown is ignored and named by its path', () => {
    expect(
      parsePolicy({
        agreementUrl: 'https://intranet.example/sla.json',
        agreementSha256: 'A'.repeat(64),
        origins: ['https://crm.example/*', 'https://*.crm.example/*', 'file:///*', 'https://crm.example/leads', 7],
        locked: ['badge', 'everything'],
        person: { badge: 'quiet', side: 'nobody', colour: 'red' },
        agrement: 'typo',
      }),
    ).toEqual({
      address: { url: 'https://intranet.example/sla.json', sha256: 'a'.repeat(64) },
      origins: ['https://crm.example/*', 'https://*.crm.example/*'],
      locked: ['badge'],
      person: { badge: 'quiet' },
      ignored: ['agrement', 'origins[2]', 'origins[3]', 'origins[4]', 'locked[1]', 'person.side', 'person.colour'],
    });
  });

  it.each(['http://intranet.example/sla.json', 'ftp://intranet.example', 'javascript:alert(1)', 'sla.json', 5])(
    'names no address but an https one: %s',
    (agreementUrl) => {
      expect(parsePolicy({ agreementUrl })).toMatchObject({ ignored: ['agreementUrl'] });
      expect(parsePolicy({ agreementUrl }).address).toBeUndefined();
    },
  );

  it('an address whose checksum can’t be read is not used without it', () => {
    const read = parsePolicy({ agreementUrl: 'https://intranet.example/sla.json', agreementSha256: 'abc' });
    expect(read.address).toBeUndefined();
    expect(read.ignored).toEqual(['agreementSha256']);
  });

  it('lists and objects may come as the text of their JSON, as the Windows registry has them', () => {
    expect(parsePolicy({ locked: '["names"]', person: '{"names":"shown"}' })).toMatchObject({
      locked: ['names'],
      person: { names: 'shown' },
      ignored: [],
    });
  });

  it('whatever it holds, reading it ends with an answer', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...policyKeys, 'other'), fc.jsonValue()), (raw) => {
        expect(parsePolicy(raw).ignored.length).toBeLessThanOrEqual(50);
      }),
    );
  });

  it('has the same settings in the schema that Chromium is given', () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL('../../../public/managed-schema.json', import.meta.url), 'utf8'),
    );
    const { properties } = schema as { properties: object };
    expect(Object.keys(properties).toSorted()).toEqual([...policyKeys].toSorted());
  });

  it('an unknown setting is said with its path, and the rest holds', async () => {
    policy = { agreement: JSON.stringify(named('company')), agreementt: 1 };
    expect(await readEffectiveAgreement('UTC', now)).toMatchObject({
      source: 'policy',
      document: { id: 'company' },
      problems: [{ code: 'policy-ignored', detail: 'agreementt' }],
    });
  });

  it('of two agreements in one policy the one that stands in it is used, and both are said', async () => {
    policy = { agreement: named('inline'), agreementUrl: 'https://intranet.example/sla.json' };
    expect(await readEffectiveAgreement('UTC', now)).toMatchObject({
      document: { id: 'inline' },
      problems: [{ code: 'policy-twice' }],
    });
  });
});

describe('settings that an organisation sets', () => {
  it('are the person’s where they are not locked, and the organisation’s where nothing was said', async () => {
    policy = { person: { badge: 'quiet', names: 'shown' }, locked: ['names'] };
    expect(await readPerson()).toMatchObject({
      person: { badge: 'quiet', names: 'shown' },
      locked: ['names'],
      byPolicy: ['badge', 'names'],
    });
    await writePerson({ ...defaultPerson, badge: 'full', names: 'hidden' });
    expect(await readPerson()).toMatchObject({ person: { badge: 'full', names: 'shown' }, byPolicy: ['names'] });
    policy = {};
    expect((await readPerson()).person).toMatchObject({ badge: 'full', names: 'hidden' });
  });

  it('what is locked stays as the person had it, for when the lock is gone', async () => {
    await writePerson({ ...defaultPerson, side: 'sales' });
    policy = { person: { side: 'marketing' }, locked: ['side'] };
    await writePerson({ ...(await readPerson()).person, badge: 'quiet' });
    policy = {};
    expect((await readPerson()).person).toMatchObject({ side: 'sales', badge: 'quiet' });
  });
});

describe('the agreement at an organisation’s address', () => {
  const url = 'https://intranet.example/sla.json';
  const text = JSON.stringify(named('company', 4));
  let answer: () => Promise<Response> | Response;
  const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

  beforeEach(() => {
    answer = () => new Response(text, { headers: { etag: '"1"' } });
    fetched.mockReset();
    fetched.mockImplementation(async () => answer());
    vi.stubGlobal('fetch', fetched);
    policy = { agreementUrl: url };
  });
  afterAll(() => void vi.unstubAllGlobals());

  const refresh = (at = now, address: Address = { url }) => refreshAddress(address, at);
  const effective = (at = now) => readEffectiveAgreement('UTC', at);

  it('is in force once it was fetched; nothing of the person goes there', async () => {
    expect((await effective()).source).toBe('built-in');
    expect(await refresh()).toBe(true);
    expect(await effective()).toMatchObject({
      source: 'policy',
      document: { id: 'company', version: 4 },
      problems: [],
    });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it('is asked at most once an hour, and at once where the policy names another', async () => {
    await refresh();
    await refresh(now + policyEveryMs - 1);
    expect(fetched).toHaveBeenCalledTimes(1);
    await refresh(now + policyEveryMs);
    expect(fetched).toHaveBeenCalledTimes(2);
    await refresh(now + policyEveryMs + 1, { url: 'https://intranet.example/other.json' });
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it('is asked whether it changed: by us where we have the permission, else by the browser’s cache', async () => {
    await refresh();
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ cache: 'no-cache' });
    vi.spyOn(browser.permissions, 'contains').mockResolvedValue(true as never);
    answer = () => new Response(null, { status: 304 });
    expect(await refresh(now + policyEveryMs)).toBe(false);
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({ headers: { 'If-None-Match': '"1"' } });
    expect((await effective()).document.id).toBe('company');
  });

  it.each<[string, () => Promise<Response> | Response, string, string]>([
    ['does not answer', () => Promise.reject(new TypeError('Failed to fetch')), 'policy-blocked', 'blocked: TypeError'],
    ['is too slow', () => Promise.reject(new DOMException('', 'TimeoutError')), 'policy-failing', 'timeout'],
    ['answers an error', () => new Response('', { status: 503 }), 'policy-failing', 'status: 503'],
    ['answers a page', () => new Response('<html>'), 'policy-failing', 'unreadable: (root): not JSON'],
    ['answers a newer one', () => new Response('{"schema":9}'), 'policy-failing', 'newer: schema 9'],
    ['answers 5 MB and one byte', () => new Response(' '.repeat(5_000_001)), 'policy-failing', 'too-large'],
    [
      'sends us on without https',
      () => Object.defineProperty(new Response(text), 'url', { value: 'http://intranet.example/' }),
      'policy-failing',
      'not-https',
    ],
  ])('that %s leaves the last good one in force, and it is said since when', async (_, fails, code, detail) => {
    await refresh();
    answer = fails;
    await refresh(now + policyEveryMs);
    await refresh(now + 2 * policyEveryMs);
    expect(await effective(now + 2 * policyEveryMs)).toMatchObject({
      source: 'policy',
      document: { id: 'company', version: 4 },
      problems: [{ code, since: now + policyEveryMs, detail }],
    });
    answer = () => new Response(JSON.stringify(named('company', 5)));
    await refresh(now + 3 * policyEveryMs);
    expect(await effective(now + 3 * policyEveryMs)).toMatchObject({ document: { version: 5 }, problems: [] });
  });

  it('that can’t be reached although we may ask is told apart from one that does not let us', async () => {
    vi.spyOn(browser.permissions, 'contains').mockResolvedValue(true as never);
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    await refresh();
    expect((await effective()).problems).toMatchObject([{ code: 'policy-failing', detail: 'unreachable: TypeError' }]);
  });

  it('counts only with its checksum, where the policy names one', async () => {
    policy = { agreementUrl: url, agreementSha256: await sha256(text) };
    await refresh(now, { url, sha256: await sha256(text) });
    expect((await effective()).document.version).toBe(4);
    answer = () => new Response(JSON.stringify(named('company', 5)));
    await refresh(now + policyEveryMs, { url, sha256: await sha256(text) });
    expect(await effective()).toMatchObject({ document: { version: 4 }, problems: [{ code: 'policy-checksum' }] });
    expect((await readAddress())?.good?.sha256).toBe(await sha256(text));
  });

  it('a clock that was an hour ahead and is set right does not silence it', async () => {
    await refresh(now + 5 * policyEveryMs);
    await refresh(now);
    expect(fetched).toHaveBeenCalledTimes(2);
  });
});
