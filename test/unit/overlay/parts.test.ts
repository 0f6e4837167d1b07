// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { whenRecognised } from '../../../lib/overlay/start';
import { themeOfColour } from '../../../lib/overlay/theme';
import { clockOf, start, wordsOf } from './harness';
import { labelOf } from '../../../lib/overlay/face';
import en from '../../../public/_locales/en/messages.json';
import es from '../../../public/_locales/es/messages.json';

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['rgb(255, 255, 255)', 'light'],
  ['rgb(27, 31, 36)', 'dark'],
  ['rgba(0, 0, 0, 0)', null],
  ['rgba(0, 0, 0, 0.9)', 'dark'],
  ['color(srgb 0.1 0.1 0.12)', 'dark'],
  ['color(display-p3 1 1 0.9)', 'light'],
  ['oklch(0.25 0.02 260)', 'dark'],
  ['lab(92 0 0)', 'light'],
  ['', null],
  ['transparent', null],
])('a background of %s is %s', (colour, theme) => {
  expect(themeOfColour(colour)).toBe(theme);
});

test('nothing is observed on a page that no adapter knows; it is recognised when it has drawn itself', async () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  let known = false;
  const found = vi.fn();
  const none = vi.fn();
  const observe = vi.spyOn(MutationObserver.prototype, 'observe');
  whenRecognised({
    doc: document,
    recognise: () => (known ? 'test' : null),
    onFound: found,
    onNone: none,
    signal: stop.signal,
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(none).toHaveBeenCalledOnce();
  expect(found).not.toHaveBeenCalled();
  expect(observe).not.toHaveBeenCalled();
  known = true;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(found).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('every word of the badge is in both catalogues, with the same blanks', () => {
  const blanks = (message: string) => [...message.matchAll(/\$\d/g)].map(([blank]) => blank).sort();
  const [english, spanish] = [en, es] as Record<string, { message: string } | undefined>[];
  const keys = Object.keys(en).filter((key) => key.startsWith('badge_'));
  expect(keys.length).toBeGreaterThan(10);
  for (const key of keys)
    expect(blanks(spanish?.[key]?.message ?? ''), key).toEqual(blanks(english?.[key]?.message ?? '-'));
});

test('the label is Spanish where the words are', () => {
  const clock = clockOf('x', { asOf: start, dueAt: start, leftMs: 600_000 });
  expect(labelOf(clock, { state: 'at-risk', leftMs: 600_000 }, start, wordsOf('es'))).toMatch(
    /^En riesgo\. Quedan 10 min\. Vence: lunes.*\. Primer contacto, cláusula 3\.2$/,
  );
});

test('a clock that the page itself let pass says since when nobody has looked', () => {
  const clock = clockOf('x', { asOf: start, dueAt: start + 60_000, leftMs: 60_000 });
  expect(labelOf(clock, { state: 'unknown', leftMs: -60_000 }, start + 120_000, wordsOf('en'))).toMatch(
    /^Unknown\. Not seen since today \d\d:\d\d\. −1 min\./,
  );
});
