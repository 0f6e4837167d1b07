// @vitest-environment happy-dom
/**
 * How a badge lies, on made-up geometry: `data-box="left top width height"` is an element's box, `data-text` the line of
 * what it shows. A browser's own layout is tried in the end-to-end tests.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { firstFit, type Fit } from '../../../lib/overlay/badge';
import { fitBadge } from '../../../lib/overlay/fit';
import { boxes } from '../../../lib/overlay/style';

const rectOf = (numbers: string | null): DOMRect => new DOMRect(...(numbers ?? '0 0 0 0').split(' ').map(Number));

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return rectOf(this.getAttribute('data-box'));
  });
  let measured: Node | null = null;
  vi.spyOn(Range.prototype, 'selectNodeContents').mockImplementation((node) => void (measured = node));
  vi.spyOn(Range.prototype, 'getClientRects').mockImplementation(() => {
    const lines = measured instanceof Element ? measured.getAttribute('data-text') : null;
    return (lines?.split(',').map(rectOf) ?? []) as unknown as DOMRectList;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});

/** Lays the page out and measures the badge in it. */
function fit(html: string, full: 'full' | 'record' = 'full', current: Fit = firstFit(full)): Fit {
  document.body.innerHTML = html;
  const [badge, row] = ['i', '.row'].map((css) => document.querySelector<HTMLElement>(css)) as [
    HTMLElement,
    HTMLElement,
  ];
  return fitBadge(badge, row, full, current);
}

/** A cell from 100 to 300 with a name that ends at 150, and the badge behind it. */
const cell = (over: { readonly cell?: string; readonly badge?: string; readonly after?: string } = {}): string =>
  `<div class="row" data-box="0 0 900 40"><div role="cell" style="overflow-x: hidden; overflow-y: hidden" data-box="${over.cell ?? '100 0 200 33'}">` +
  `<b data-text="100 8 50 16"></b><i data-box="${over.badge ?? '156 7.3 88 20'}"></i>${over.after ?? ''}</div></div>`;

test('where there is room it lies over it, in the middle of the name’s line', () => {
  expect(fit(cell())).toEqual({ form: 'full', advance: 'none', height: 20, top: -1.3, left: 0 });
});

test('measured again, it lies as before', () => {
  const first = fit(cell());
  expect(fit(cell({ badge: '156 6 88 20' }), 'full', first)).toEqual(first);
});

test.each([
  ['as high as the badge', '100 6 200 20', 20],
  ['lower than the badge', '100 8 200 16', 16],
  ['not in the middle of the line', '100 7 200 19', 18],
  ['lower than can be read', '100 11 200 10', 14],
  ['high: it holds more than one line', '100 12 200 60', 20],
])('a cell that cuts off what is too high, and is %s', (_what, box, height) => {
  expect(fit(cell({ cell: box }))).toMatchObject({ height, top: -1.3 });
});

test('a name on another line does not pull the badge over it', () => {
  expect(fit(cell({ badge: '100 30 88 20' }))).toMatchObject({ top: 0 });
});

test('of a name with several lines, the last one counts, with all that stands on it', () => {
  const html = cell({ badge: '156 29 88 20' }).replace(
    'data-text="100 8 50 16"',
    'data-text="100 8 50 16,100 28 30 20,140 36 8 4"',
  );
  expect(fit(html)).toMatchObject({ top: -1 });
});

test.each([
  ['little room', '<u data-box="200 8 50 16"></u>', 'compact', 'none'],
  ['no room', '<u data-box="160 8 50 16"></u>', 'compact', 'own'],
  ['text right behind it', 'text', 'compact', 'own'],
  ['something on another line', '<u data-box="160 60 50 16"></u>', 'full', 'none'],
])('behind the name is %s', (_what, after, form, advance) => {
  expect(fit(cell({ after }))).toMatchObject({ form, advance });
});

test('where the name itself is cut off, the badge goes before it', () => {
  expect(fit(cell({ badge: '290 7 88 20' }))).toMatchObject({ form: 'compact', advance: 'start' });
});

/** A record's toolbar: its title from `title` on, buttons from `buttons` on, a badge at 300 between them. */
const toolbar = (title: number, buttons: number, before = ''): string =>
  `<div class="row" data-box="0 0 900 600"><div data-box="10 0 880 70"><div data-box="20 10 280 50">${before}` +
  `<b data-box="20 10 274 50" data-text="${title} 25 ${290 - title} 20"></b><i data-box="300 7 216 28"></i></div>` +
  `<u data-box="${buttons} 10 200 50"></u></div></div>`;

test.each([
  [600, 'record', 28],
  [420, 'full', 20],
  [340, 'compact', 20],
])(
  'before buttons that begin at %i a record’s badge is a %s one, and takes nothing of the line',
  (buttons, form, height) => {
    expect(fit(toolbar(40, buttons), 'record')).toEqual({ form, advance: 'none', height, top: 14, left: 0 });
  },
);

test('without room behind the title it hangs before it, and the toolbar does not wrap', () => {
  const found = fit(toolbar(40, 306), 'record');
  expect(found).toEqual({ form: 'compact', advance: 'none', height: 20, top: 14, left: 40 - 6 - 24 - 300 });
  expect(found.left + 300).toBeGreaterThanOrEqual(2);
});

test.each([
  ['the page begins there', toolbar(28, 306)],
  ['something else stands there', toolbar(60, 306, '<u data-box="20 20 20 20"></u>')],
])('it does not hang before the title where %s', (_what, html) => {
  expect(fit(html, 'record')).toMatchObject({ form: 'compact', advance: 'own', left: 0 });
});

test('in a page that is written from right to left everything is the other way round', () => {
  const html = `<div class="row" style="direction: rtl" data-box="0 0 900 600">
    <b data-box="606 10 274 50" data-text="610 25 250 20"></b><i data-box="384 7 216 28"></i>
    <u data-box="394 10 200 50"></u></div>`;
  expect(fit(html, 'record')).toEqual({
    form: 'compact',
    advance: 'none',
    height: 20,
    top: 14,
    left: 860 + 6 + boxes.compact.width - 600,
  });
});
