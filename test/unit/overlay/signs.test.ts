// @vitest-environment happy-dom
/** Flag, verdict and automatic flags on the badge: one mark in a box that never changes, all of them in words. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LeadMarks } from '../../../lib/messages/observing';
import { signOf, signWords } from '../../../lib/overlay/signs';
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

describe('which mark a badge has room for', () => {
  const cases: readonly (readonly [marks: LeadMarks, selected: boolean, sign: ReturnType<typeof signOf>])[] = [
    [{}, false, null],
    [{ auto: 0 }, false, null],
    [{ verdict: 'accepted' }, false, 'accepted'],
    [{ verdict: 'rejected' }, false, 'rejected'],
    [{ verdict: 'recycled' }, false, 'recycled'],
    [{ auto: 2 }, false, 'auto'],
    [{ auto: 2, verdict: 'accepted' }, false, 'auto'],
    [{ auto: 2, verdict: 'rejected' }, false, 'rejected'],
    [{ flag: 'Duplicate', verdict: 'rejected', auto: 1 }, false, 'flag'],
    [{ flag: 'Duplicate' }, true, 'selected'],
  ];
  test.each(cases)('%j, selected: %s → %s', (marks, selected, sign) => {
    expect(signOf({ marks, selected, outdated: false })).toBe(sign);
  });

  test('what may be false comes before all that is said of the lead', () => {
    const marks: LeadMarks = { flag: 'Duplicate', verdict: 'rejected', auto: 1 };
    expect(signOf({ marks, selected: false, outdated: true })).toBe('outdated');
    expect(signOf({ marks: {}, selected: true, outdated: true })).toBe('selected');
  });

  test('all of them are said, in both languages', () => {
    const marks: LeadMarks = { flag: 'Duplicate', verdict: 'rejected', auto: 2 };
    expect(signWords(marks, false, wordsOf('en'))).toBe('. Flag: Duplicate. Verdict: Rejected. Automatic flags: 2');
    expect(signWords({ verdict: 'recycled' }, false, wordsOf('es'))).toBe('. Veredicto: Reciclado');
    expect(signWords({}, false, wordsOf('en'))).toBe('');
  });
});

describe('marks on the page', () => {
  const signIn = (id: string) => buttonOf(shown(id)).querySelector('.sign');

  test('icon, attributes, name and card say them; a lead without marks has none', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      marks: (lead) => (lead === keyOf('1') ? { flag: 'Duplicate', verdict: 'rejected', auto: 1 } : undefined),
    });
    await settle();
    const one = shown('1');
    expect(one.dataset).toMatchObject({ flag: 'Duplicate', verdict: 'rejected' });
    expect(signIn('1')?.children).toHaveLength(1);
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
