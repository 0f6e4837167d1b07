/**
 * Pages that are broken or mean it, in a real browser. Invariant: nothing throws into the page, nothing loops, and the page
 * can still work. Work is counted in CPU time, which a busy machine does not change; limits are wide, and what they are to
 * catch is ten and a hundred times over them.
 */
import type { Page } from '@playwright/test';
import { createProbe, longest } from '../../bench/measure.ts';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';

/** Everything that reached the page as an error, from now on. */
function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}

/** CPU time of the page's thread, ours and the page's own together, as a share of a span. */
async function workOver(page: Page, seconds: number): Promise<number> {
  const probe = await createProbe(page);
  const before = await probe.cost();
  // The page's own clock: the span is over when the page says so.
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), seconds * 1_000);
  const work = (await probe.cost()).task - before.task;
  return work / (seconds * 1_000);
}

const badges = (page: Page): Promise<number> => page.locator('relevo-badge').count();

test('attributes of a megabyte and ids that are none leave the other rows theirs', async ({ page }) => {
  await ready(page);
  const errors = errorsOf(page);
  const ids = await page.$$eval('.lead-row[data-record]:not([hidden])', (rows) => {
    const [big, quoted, broken, last] = rows;
    big?.setAttribute('data-blob', 'x'.repeat(1_000_000));
    quoted?.setAttribute('data-record', `1"'\`]<b>`);
    broken?.setAttribute('data-record', '1\n2\u202e3\u200b');
    return [big, last].map((row) => row?.getAttribute('data-record') ?? '');
  });
  for (const id of ids) await expect(badgeOf(page, id)).toHaveCount(1);
  // The two that name no record carry nothing: a wrong badge would be worse than none.
  await expect(page.locator(`[data-record*='<b>'] relevo-badge, [data-record*='\u202e'] relevo-badge`)).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a hundred thousand rows at once leave the page time of its own', async ({ page }) => {
  test.slow();
  await ready(page);
  const errors = errorsOf(page);
  const probe = await createProbe(page);
  await probe.startTrace();
  await page.evaluate(() => {
    const row = document.querySelector('.lead-row[data-record]:not([hidden])');
    const parent = row?.parentElement;
    if (!row || !parent) throw new Error('no row to copy');
    // Of a fixed height and out of layout, so that the work that is measured is ours and not the page's.
    const many = document.createDocumentFragment();
    for (let index = 0; index < 100_000; index += 1) {
      const copy = document.createElement('div');
      copy.className = 'lead-row';
      copy.setAttribute('data-record', `many-${index}`);
      copy.style.cssText = 'display:none';
      many.append(copy);
    }
    parent.append(many);
    performance.mark('many-rows');
  });
  // Long enough to read them all, or to see that the rows are read in pieces.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 5_000)));
  const ours = (await probe.endTrace('many-rows')).filter((task) => task.ours && task.at >= 0);
  // A page that must wait until all rows are read waits for four seconds of work alone; ours is done in slices of 8 ms,
  // but for the search for the rows.
  expect(longest(ours, () => true)?.cpu).toBeLessThan(500);
  expect(ours.length).toBeGreaterThan(25);
  expect(await page.locator('.lead-row:not([style]) relevo-badge').count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test('a page that changes a row whenever we write does not get us to work without end', async ({ page }) => {
  await ready(page);
  const errors = errorsOf(page);
  await page.evaluate(() => {
    let turn = 0;
    const answer = (): void => {
      turn += 1;
      const row = document.querySelector('.lead-row[data-record]:not([hidden])');
      row?.setAttribute('data-turn', String(turn));
      const cell = row?.querySelector('[data-field="company"]');
      if (cell) cell.textContent = `Company ${turn}`;
    };
    // It hears our badges come, go and change, and answers at once.
    new MutationObserver((records) => {
      if (
        records.some(({ target, addedNodes }) =>
          [target, ...addedNodes].some(({ nodeName }) => nodeName.startsWith('RELEVO')),
        )
      )
        answer();
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    for (const badge of document.querySelectorAll('relevo-badge')) badge.remove();
    answer();
  });
  expect(await workOver(page, 5)).toBeLessThan(0.5);
  await expect.poll(() => badges(page)).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test('a page that takes every badge away at once is not fought with', async ({ page }) => {
  await ready(page);
  const errors = errorsOf(page);
  const removed = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        const sweep = (): void => {
          for (const badge of document.querySelectorAll('relevo-badge')) {
            badge.remove();
            count += 1;
          }
        };
        const observer = new MutationObserver(sweep);
        observer.observe(document.body, { subtree: true, childList: true });
        sweep();
        setTimeout(() => {
          observer.disconnect();
          resolve(count);
        }, 8_000);
      }),
  );
  const rows = await page.locator('.lead-row[data-record]:not([hidden])').count();
  // Each badge is put back ten times in ten seconds, and then given up.
  expect(removed).toBeLessThanOrEqual(rows * 12);
  expect(await workOver(page, 2)).toBeLessThan(0.5);
  expect(errors).toEqual([]);
});

test('prototypes that the page has tampered with are its own matter', async ({ page }) => {
  await ready(page);
  const errors = errorsOf(page);
  await page.evaluate(() => {
    const refuse = (): never => {
      throw new Error('tampered');
    };
    for (const [holder, names] of [
      [Array.prototype, ['map', 'filter', 'flatMap']],
      [Element.prototype, ['closest', 'matches', 'getAttribute', 'attachShadow']],
      [Map.prototype, ['get', 'set']],
      [JSON, ['parse', 'stringify']],
      [window, ['setTimeout', 'requestAnimationFrame', 'IntersectionObserver', 'MutationObserver']],
    ] as const)
      for (const name of names)
        Object.defineProperty(holder, name, { value: refuse, configurable: true, writable: true });
    const row = document.querySelector('.lead-row[data-record]:not([hidden])');
    const copy = row?.cloneNode(true) as HTMLElement;
    copy.querySelector('relevo-badge')?.remove();
    copy.id = 'copy';
    row?.after(copy);
  });
  await expect(page.locator('#copy relevo-badge')).toHaveCount(1);
  expect(errors).toEqual([]);
});

test('fields of a form that are called as what we ask elements for keep nothing from us but their form', async ({
  page,
}) => {
  await ready(page);
  const errors = errorsOf(page);
  await page.evaluate(() => {
    const row = document.querySelector('.lead-row[data-record]:not([hidden])');
    if (!row?.parentElement) throw new Error('no row to copy');
    // Content scripts see these instead of the form's own methods and relatives: a parent may be its own child.
    const hostileForm = (): HTMLFormElement => {
      const form = document.createElement('form');
      for (const name of ['parentNode', 'parentElement', 'closest', 'matches', 'querySelectorAll', 'getAttribute']) {
        const field = document.createElement('input');
        field.name = name;
        form.append(field);
      }
      return form;
    };
    const around = hostileForm();
    const list = row.parentElement;
    list.replaceWith(around);
    Node.prototype.appendChild.call(around, list);
    const inside = hostileForm();
    row.append(inside);
    const copy = row.cloneNode(true) as HTMLElement;
    copy.querySelector('relevo-badge')?.remove();
    copy.id = 'copy';
    copy.setAttribute('data-record', 'clobbered');
    row.after(copy);
    setTimeout(() => inside.append('changed'), 300);
    setTimeout(() => inside.append('again'), 900);
  });
  await page.waitForTimeout(2_000);
  // The page answers, and a row that comes later is as good as before.
  await page.evaluate(() => {
    const [first, other] = document.querySelectorAll('.lead-row[data-record]:not([hidden], #copy)');
    const later = other?.cloneNode(true) as HTMLElement;
    later.querySelector('relevo-badge')?.remove();
    later.id = 'later';
    const form = document.createElement('form');
    const field = document.createElement('input');
    field.name = 'closest';
    form.append(field);
    first?.parentElement?.append(form, later);
  });
  // Playwright's own selectors stumble over such forms.
  const badgesIn = (scope: string): Promise<number> =>
    page.evaluate((css) => document.querySelectorAll(css).length, `${scope} relevo-badge`);
  await expect.poll(() => badgesIn('#later')).toBe(1);
  expect(await badgesIn('#copy')).toBe(1);
  expect(await workOver(page, 2)).toBeLessThan(0.5);
  expect(errors).toEqual([]);
});

test('rows in frames inside frames are left alone', async ({ page }) => {
  await ready(page);
  const errors = errorsOf(page);
  const before = await badges(page);
  await page.evaluate(() => {
    const row = document.querySelector('.lead-row[data-record]:not([hidden])');
    const nest = (parent: HTMLElement, depth: number): void => {
      // oxlint-disable-next-line react/iframe-missing-sandbox -- no React, and the CRM's own frames have none.
      const frame = parent.ownerDocument.createElement('iframe');
      parent.append(frame);
      const inside = frame.contentDocument;
      if (!inside || !row) throw new Error('no frame, or no row to copy');
      const copy = inside.importNode(row, true);
      copy.querySelector('relevo-badge')?.remove();
      const crm = inside.createElement('div');
      crm.id = 'demo-crm';
      crm.append(copy);
      inside.body.append(crm);
      if (depth > 1) nest(inside.body, depth - 1);
    };
    nest(document.body, 3);
  });
  await expect.poll(() => page.frames().length).toBe(4);
  for (const frame of page.frames().slice(1)) {
    await frame.waitForLoadState();
    expect(await frame.locator('relevo-badge').count()).toBe(0);
  }
  expect(await badges(page)).toBe(before);
  expect(errors).toEqual([]);
});
