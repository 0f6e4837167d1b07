// @vitest-environment happy-dom
/** A click on a lead's number or address offers to log a touch; it never logs, and never stands in the CRM's way. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keyOf, minute, open, settle, start, tableHtml, watchFrames, type TestPage } from './harness';

let page: TestPage | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const row = (id: string, links: string): string =>
  `<tr data-id="${id}"><td class="name"><a href="#x">Lead ${id}</a></td><td class="owner">Anna</td><td>${links}</td></tr>`;
const tel = '<a class="tel" href="tel:+34600000001"><b>+34 600 000 001</b></a>';
const mail = '<a class="mail" href="MAILTO:ana@nimbus.example">ana@nimbus.example</a>';
const offers = () => document.querySelectorAll('relevo-offer');

function clickOn(css: string): MouseEvent {
  const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
  document.querySelector(css)?.dispatchEvent(event);
  return event;
}

describe('a link of a lead', () => {
  test('a number in a row offers a call, beside the link; the CRM hears its click untouched', async () => {
    page = open(tableHtml(row('1', tel), row('2', tel)));
    await settle();
    const frames = watchFrames();
    const heard = vi.fn();
    document.querySelector('tr')?.addEventListener('click', heard);
    const event = clickOn('.tel b');
    await settle(10);
    expect(heard).toHaveBeenCalledOnce();
    expect(event.defaultPrevented).toBe(false);
    expect(page.barTokens).toEqual([{ leads: [keyOf('1')] }]);
    expect(frames.map(({ el }) => el.src.split('#')[1])).toEqual(['bar-1:call']);
    expect(document.querySelector('.tel')?.nextElementSibling?.localName).toBe('relevo-offer');
  });

  test('an address offers a mail, however it is written', async () => {
    page = open(tableHtml(row('1', mail)));
    await settle();
    const frames = watchFrames();
    clickOn('.mail');
    await settle(10);
    expect(frames.map(({ el }) => el.src.split('#')[1])).toEqual(['bar-1:email']);
  });

  test('on a record the whole page is about its lead', async () => {
    page = open(`<main><section class="record"><h1><b>Lead 7</b></h1></section><aside>${tel}</aside></main>`, {
      url: 'https://crm.test/#Lead/7',
    });
    await settle();
    clickOn('.tel');
    await settle(10);
    expect(page.barTokens).toEqual([{ leads: [keyOf('7')] }]);
  });

  test('outside of any lead, and on other links, there is no offer', async () => {
    page = open(`${tableHtml(row('1', '<a class="web" href="https://nimbus.example">x</a>'))}<footer>${tel}</footer>`);
    await settle();
    clickOn('.tel');
    clickOn('.web');
    clickOn('.name a');
    await settle(10);
    expect(page.barTokens).toEqual([]);
  });

  test('one lead is asked about once in five minutes, another one at once', async () => {
    page = open(tableHtml(row('1', tel), row('2', mail)));
    await settle();
    clickOn('.tel');
    await settle(10);
    clickOn('.tel');
    await settle(10);
    clickOn('.mail');
    await settle(10);
    expect(page.barTokens.map(({ leads }) => leads[0])).toEqual([keyOf('1'), keyOf('2')]);
    expect(offers()).toHaveLength(1);
    await settle(5 * minute);
    clickOn('.tel');
    await settle(10);
    expect(page.barTokens).toHaveLength(3);
  });

  test('it goes with its signal, with the page and with the overlay', async () => {
    page = open(tableHtml(row('1', tel), row('2', mail)));
    await settle();
    const frames = watchFrames();
    clickOn('.tel');
    await settle(10);
    window.dispatchEvent(new MessageEvent('message', { data: { relevo: 'close' }, source: window }));
    expect(offers()).toHaveLength(1);
    frames[0]?.say({ relevo: 'close' });
    expect(offers()).toHaveLength(0);

    clickOn('.mail');
    await settle(10);
    expect(offers()).toHaveLength(1);
    page.goTo('https://crm.test/#elsewhere');
    await settle();
    expect(offers()).toHaveLength(0);

    page.goTo('https://crm.test/#Lead');
    await settle(5 * minute);
    clickOn('.tel');
    await settle(10);
    expect(offers()).toHaveLength(1);
    page.stop.abort();
    expect(offers()).toHaveLength(0);
    clickOn('.mail');
    await settle(10);
    expect(offers()).toHaveLength(0);
  });

  test('a logged touch makes the lead be read again', async () => {
    page = open(tableHtml(row('1', tel)));
    await settle();
    const frames = watchFrames();
    clickOn('.tel');
    await settle(10);
    const before = page.observed.length;
    frames[0]?.say({ relevo: 'acted' });
    await settle();
    expect(page.observed.slice(before).flat()).toHaveLength(1);
  });

  test('a link that the page takes away meanwhile gets no offer', async () => {
    page = open(tableHtml(row('1', tel)));
    await settle();
    clickOn('.tel');
    document.querySelector('.tel')?.remove();
    await settle(10);
    expect(offers()).toHaveLength(0);
  });
});
