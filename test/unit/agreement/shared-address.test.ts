import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayNameAgreement, readSharedAddress } from '../../../lib/agreement/shared-address';

describe('an address that a team shares', () => {
  it.each([
    ['https://sla.example/agreements/main', 'https://sla.example/agreements/main'],
    [' https://sla.example:6984/a?x=1#part ', 'https://sla.example:6984/a?x=1'],
    ['http://127.0.0.1:5984/agreements/main', 'http://127.0.0.1:5984/agreements/main'],
    ['http://localhost:5984/a', 'http://localhost:5984/a'],
    ['http://[::1]:5984/a', 'http://[::1]:5984/a'],
  ])('%s is one', (typed, url) => {
    expect(readSharedAddress(typed)).toEqual({ ok: true, url });
  });

  it.each([
    ['', 'not-an-address'],
    ['sla.example/agreements/main', 'not-an-address'],
    ['https://two words/', 'not-an-address'],
    ['javascript:alert(1)', 'not-an-address'],
    ['http://sla.example/a', 'not-https'],
    ['http://127.0.0.1.sla.example/a', 'not-https'],
    ['ftp://sla.example/a', 'not-https'],
    ['https://ana:secret@sla.example/a', 'credentials'],
    ['https://ana@sla.example/a', 'credentials'],
    [`https://sla.example/${'a'.repeat(2_000)}`, 'too-long'],
  ])('%s is none, and why is told', (typed, why) => {
    expect(readSharedAddress(typed)).toEqual({ ok: false, why });
  });

  it('whatever is typed, what is taken is asked over https or on this computer, and names nobody', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withFragments: true }), fc.string(), fc.webAuthority()), (typed) => {
        const read = readSharedAddress(typed);
        if (!read.ok) return;
        const { protocol, username, password, hash } = new URL(read.url);
        expect(mayNameAgreement(read.url, true)).toBe(true);
        expect([username, password, hash]).toEqual(['', '', '']);
        expect(protocol).toMatch(/^https?:$/);
      }),
    );
  });

  it('on this computer only where that is allowed', () => {
    expect(mayNameAgreement('http://127.0.0.1/a', false)).toBe(false);
    expect(mayNameAgreement('not an address', true)).toBe(false);
  });
});
