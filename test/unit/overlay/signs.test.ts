// @vitest-environment happy-dom
/** Flag, verdict and automatic flags on the badge: one mark in a box that never changes, all of them in words. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LeadMarks } from '../../../lib/messages/observing';
import { signsOf, signWords } from '../../../lib/overlay/signs';
import {
  badgeIn,
  buttonOf,
  clockOf,
  keyOf,
  open,
  rowHtml,
  settle,
  start,
  tableHtml,
  wordsOf,
  type TestPage,
} from './harness';

/** The badge of a lead that has one. */
const shown = (id: string): HTMLElement => badgeIn(id) as HTMLElement;

let page: TestPage | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('which marks a badge has room for', () => {
  const cases: readonly (readonly [marks: LeadMarks, signs: ReturnType<typeof signsOf>])[] = [
    [{}, []],
    [{ auto: 0 }, []],
    [{ verdict: 'accepted' }, ['accepted']],
    [{ verdict: 'rejected' }, ['rejected']],
    [{ verdict: 'recycled' }, ['recycled']],
    [{ auto: 2 }, ['auto']],
    [{ auto: 2, verdict: 'accepted' }, ['auto', 'accepted']],
    [{ flag: 'Duplicate', verdict: 'rejected' }, ['flag', 'rejected']],
    // A person's word stands for the rules' too.
    [{ flag: 'Duplicate', verdict: 'rejected', auto: 1 }, ['flag', 'rejected']],
  ];
  test.each(cases)('%j → %j', (marks, signs) => {
    expect(signsOf({ marks, outdated: false })).toEqual(signs);
  });

  test('what may be false comes before all that is said of the lead', () => {
    const marks: LeadMarks = { flag: 'Duplicate', verdict: 'rejected', auto: 1 };
    expect(signsOf({ marks, outdated: true })).toEqual(['outdated', 'flag']);
    expect(signsOf({ marks: {}, outdated: true })).toEqual(['outdated']);
  });

  test('all of them are said, in both languages', () => {
    const marks: LeadMarks = { flag: 'Duplicate', verdict: 'rejected', auto: 2 };
    expect(signWords(marks, false, wordsOf('en'))).toBe('. Flag: Duplicate. Verdict: Rejected. Automatic flags: 2');
    expect(signWords({ verdict: 'recycled' }, false, wordsOf('es'))).toBe('. Veredicto: Reciclado');
    expect(signWords({}, false, wordsOf('en'))).toBe('');
  });
});

describe('marks on the page', () => {
  const signIn = (id: string) => buttonOf(shown(id)).querySelector('.signs');

  test('icon, attributes, name and card say them; a lead without marks has none', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      marks: (lead) => (lead === keyOf('1') ? { flag: 'Duplicate', verdict: 'rejected', auto: 1 } : undefined),
    });
    await settle();
    const one = shown('1');
    expect(one.dataset).toMatchObject({ flag: 'Duplicate', verdict: 'rejected' });
    expect(signIn('1')?.children).toHaveLength(2);
    expect(buttonOf(one).getAttribute('aria-label')).toContain(
      'Flag: Duplicate. Verdict: Rejected. Automatic flags: 1',
    );
    buttonOf(one).dispatchEvent(new FocusEvent('focus'));
    const card = document.querySelector('relevo-card')?.shadowRoot?.textContent ?? '';
    for (const part of ['Flag', 'Duplicate', 'Verdict', 'Rejected', 'Automatic flags']) expect(card).toContain(part);

    const other = shown('2');
    expect(other.dataset['flag']).toBeUndefined();
    expect(other.dataset['verdict']).toBeUndefined();
    expect(signIn('2')?.children).toHaveLength(0);
    expect(buttonOf(other).classList.contains('plain')).toBe(true);
  });

  test('a mark that comes and goes never changes the box', async () => {
    let marks: LeadMarks | undefined;
    page = open(tableHtml(rowHtml(1)), { marks: () => marks });
    await settle();
    const box = (): string[] =>
      ['width', 'height', 'margin-inline'].map((name) => shown('1').style.getPropertyValue(name));
    const before = box();
    marks = { flag: 'Spam' };
    page.overlay.refresh();
    await settle();
    expect(shown('1').dataset['flag']).toBe('Spam');
    expect(box()).toEqual(before);
    marks = undefined;
    page.overlay.refresh();
    await settle();
    expect(shown('1').dataset['flag']).toBeUndefined();
    expect(signIn('1')?.children).toHaveLength(0);
    expect(buttonOf(shown('1')).getAttribute('aria-label')).not.toContain('Spam');
    expect(box()).toEqual(before);
  });

  test('flag and verdict stay in sight while the lead is selected', async () => {
    page = open(tableHtml(rowHtml(1)), { marks: () => ({ flag: 'Spam', verdict: 'rejected' }) });
    await settle();
    const button = buttonOf(shown('1'));
    const state = button.querySelector('svg')?.innerHTML;
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
    await settle();
    expect(shown('1').dataset['selected']).toBe('');
    expect(button.classList.contains('selected')).toBe(true);
    expect(signIn('1')?.children).toHaveLength(2);
    expect(button.querySelector('svg')?.innerHTML).not.toBe(state);
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
    await settle();
    expect(button.querySelector('svg')?.innerHTML).toBe(state);
  });

  test('words of a page with markup stay text', async () => {
    page = open(tableHtml(rowHtml(1)), { marks: () => ({ flag: '<img src=x onerror=alert(1)>' }) });
    await settle();
    buttonOf(shown('1')).dispatchEvent(new FocusEvent('focus'));
    const card = document.querySelector('relevo-card')?.shadowRoot;
    expect(card?.querySelector('img')).toBeNull();
    expect(card?.textContent).toContain('<img src=x');
  });

  test('a reply without marks, from a worker that knows none, is no error', async () => {
    page = open(tableHtml(rowHtml(1)), {
      observe: async () => ({
        asOf: Date.now(),
        clocks: { [keyOf('1')]: [clockOf(keyOf('1'))] },
        open: {},
        problems: [],
      }),
    });
    await settle();
    expect(shown('1').dataset['verdict']).toBeUndefined();
  });
});
