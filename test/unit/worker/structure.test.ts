/** The outline of an open page: brought on request, parsed as untrusted, and said when the browser keeps us out. */
import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepHealth } from '../../../lib/worker/health';
import { pageStructure, structureScript } from '../../../lib/worker/structure';
import { monday } from './support';

const outline = { lines: ['html', '  body'], truncated: false, matches: { row: 2 } };
const execute = vi.fn();

async function showPage(): Promise<void> {
  await keepHealth(7, {
    adapter: 'tryton',
    adapterLabel: 'Tryton',
    surface: 'list',
    visit: monday,
    rows: 1,
    read: 1,
    whole: 1,
    missing: {},
    seen: {},
    selectors: {},
    refused: [],
    badges: 1,
    putBack: 0,
    givenUp: 0,
    problems: [],
    at: monday,
  });
}

beforeEach(() => {
  fakeBrowser.reset();
  execute.mockReset().mockResolvedValue([{ result: outline }]);
  browser.scripting = { ...browser.scripting, executeScript: execute };
  vi.spyOn(browser.tabs, 'get').mockResolvedValue({ url: 'https://crm.example/#x' } as never);
});

it('runs in the tab that shows such a page, in its top frame', async () => {
  await showPage();
  expect(await pageStructure('tryton', 'list')).toEqual({ ok: true, outline, host: 'crm.example' });
  expect(execute).toHaveBeenCalledWith({ target: { tabId: 7, frameIds: [0] }, files: [structureScript] });
});

it('says that no tab shows one, and runs nothing', async () => {
  await showPage();
  expect(await pageStructure('tryton', 'board')).toEqual({ ok: false, reason: 'not-open' });
  expect(execute).not.toHaveBeenCalled();
});

it('says that the browser refused', async () => {
  await showPage();
  execute.mockRejectedValue(new Error('Missing host permission for the tab'));
  expect(await pageStructure('tryton', 'list')).toEqual({ ok: false, reason: 'refused' });
});

it.each([
  ['nothing', null],
  ['another thing', { lines: 'html', truncated: false, matches: {} }],
  ['too much', { ...outline, lines: Array.from({ length: 5_000 }, () => 'div') }],
  ['more than asked for', { ...outline, text: 'Ana' }],
])('takes no answer that is none: %s', async (_what, result) => {
  await showPage();
  execute.mockResolvedValue([{ result }]);
  expect(await pageStructure('tryton', 'list')).toEqual({ ok: false, reason: 'not-open' });
});

it('knows no host where the browser tells none', async () => {
  await showPage();
  vi.spyOn(browser.tabs, 'get').mockResolvedValue({} as never);
  expect(await pageStructure('tryton', 'list')).toMatchObject({ ok: true, host: null });
});
