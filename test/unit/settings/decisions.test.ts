/** The log of decisions: one change at a time, and nothing that can't be read is written over. */
import { beforeEach, describe, expect, it } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { decisionSchema, decisionsAtMost, type Decision } from '../../../lib/settings/decision-schema';
import { decisionsKey, readDecisions, removeDecision, saveDecision } from '../../../lib/settings/decisions';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const decision = (number: number, more: Partial<Decision> = {}): Decision => ({
  id: id(number),
  kind: 'action',
  text: 'Call within the hour',
  at: number,
  result: 'open',
  ...more,
});

beforeEach(() => fakeBrowser.reset());

describe('the log', () => {
  it('keeps what is written, the newest first, and changes it in place', async () => {
    expect(await saveDecision(decision(1))).toEqual({ ok: true });
    await saveDecision(decision(2, { owner: 'Sales', due: '2026-04-01' }));
    await saveDecision(decision(1, { result: 'worked' }));
    const { decisions } = await readDecisions();
    expect(decisions.map(({ at, result }) => [at, result])).toEqual([
      [2, 'open'],
      [1, 'worked'],
    ]);
    await removeDecision(id(2));
    expect((await readDecisions()).decisions).toHaveLength(1);
  });

  it('refuses to write over what it can’t read', async () => {
    const newer = { schema: 2, entries: [] };
    await browser.storage.local.set({ [decisionsKey]: newer });
    expect(await readDecisions()).toEqual({ decisions: [], readable: false });
    expect(await saveDecision(decision(1))).toEqual({ ok: false });
    expect((await browser.storage.local.get(decisionsKey))[decisionsKey]).toEqual(newer);
  });

  it('refuses one too many and says so', async () => {
    const full = Array.from({ length: decisionsAtMost }, (_, index) => decision(index));
    await browser.storage.local.set({ [decisionsKey]: { schema: 1, decisions: full } });
    expect(await saveDecision(decision(decisionsAtMost))).toEqual({ ok: false });
    expect(await saveDecision(decision(3, { result: 'dropped' }))).toEqual({ ok: true });
  });

  it('takes one line without marks that turn what follows around, and nothing empty', () => {
    expect(decisionSchema.parse(decision(1, { text: ' a\u202Eb\nc ' })).text).toBe('a b c');
    for (const wrong of [{ text: ' \u200F ' }, { id: 'x' }, { due: '2026-02-30' }, { at: -1 }, { more: 1 }])
      expect(decisionSchema.safeParse({ ...decision(1), ...wrong }).success).toBe(false);
  });
});
