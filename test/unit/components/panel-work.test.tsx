// @vitest-environment happy-dom
/** Working a lead in the panel: which actions are offered, their keys, what is said of an act, refusals. */
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PanelServices } from '../../../components/panel/services';
import { undoMs, type ActReply } from '../../../lib/messages/acts';
import { speak } from '../support/i18n';
import { lead, marketer, offering, open, rep, sales } from './panel-work';
import { now, workWith } from './support';

const names = () =>
  within(screen.getByRole('list', { name: 'What you can do' }))
    .getAllByRole('button')
    .map((button) => `${button.querySelector('kbd')?.textContent} ${button.querySelector('span')?.textContent}`);

beforeEach(() => speak('en'));

describe('the actions', () => {
  it('are those of sales, each with its key', async () => {
    await open(sales());
    expect(names()).toEqual([
      'a Accept',
      'r Reject',
      'c Recycle',
      't Log a touch',
      'p Pause',
      'b I’m blocked',
      'n Note',
      's Snooze',
      'l Copy link',
    ]);
    expect(screen.getByRole('button', { name: 'Reject' }).getAttribute('aria-keyshortcuts')).toBe('r');
  });

  it('are those of marketing', async () => {
    await open(workWith({ side: 'marketing', offers: offering(marketer) }));
    expect(names()).toEqual(['b Unblock', 'f Flag', 'w Answer', 'y Readiness', 'n Note', 's Snooze', 'l Copy link']);
  });

  it('have one key each', async () => {
    await open(workWith({ offers: offering([...rep, ...marketer]) }));
    const keys = names().map((name) => name[0]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are in Spanish', async () => {
    speak('es');
    await open(sales());
    expect(screen.getByRole('button', { name: 'Registrar contacto' }).getAttribute('aria-keyshortcuts')).toBe('t');
  });

  it('pause becomes resume in the same place while the lead is paused', async () => {
    const { services, user } = await open(workWith({ offers: offering([...rep, 'resume'], { pause: 'already' }) }));
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    await user.keyboard('p');
    expect(services.act).toHaveBeenCalledWith({ leads: [lead], act: { do: 'resume' }, askedAt: now });
  });

  it('one that can’t be done says why instead', async () => {
    const { services, user } = await open(
      sales({
        offers: offering(rep, { recycle: 'recycled-too-often' }),
        recycles: { done: 2, agreed: 2 },
      }),
    );
    const button = screen.getByRole('button', { name: 'Recycle' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(screen.getByRole('alert').textContent).toBe(
      "This lead can't be recycled again. Recycled so far: 2 of 2 times.",
    );
    expect(screen.queryByRole('form')).toBeNull();
    expect(services.act).not.toHaveBeenCalled();
  });
});

describe('the keys', () => {
  it('open a form, which takes the focus and gives it back on Escape, before Escape closes the panel', async () => {
    const { services, user } = await open(sales());
    screen.getByRole('button', { name: 'Reject' }).focus();
    await user.keyboard('r');
    const form = screen.getByRole('form', { name: 'Reject this lead' });
    expect(form.contains(document.activeElement)).toBe(true);
    const button = screen.getByRole('button', { name: 'Reject', expanded: true });
    expect(document.getElementById(button.getAttribute('aria-controls') ?? '')?.contains(form)).toBe(true);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('form')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reject' }));
    expect(services.signal).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(services.signal).toHaveBeenCalledWith({ relevo: 'close' });
  });

  it('are letters while somebody types, and do nothing while a form is open', async () => {
    const { services, user } = await open(sales());
    await user.keyboard('n');
    await user.keyboard('a rt');
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note, for both sides' }).value).toBe('a rt');
    await user.keyboard('{Escape}r');
    expect(document.activeElement?.getAttribute('type')).toBe('radio');
    await user.keyboard('a');
    expect(screen.getByRole('form', { name: 'Reject this lead' })).toBeTruthy();
    expect(services.act).not.toHaveBeenCalled();
  });

  it('leave the browser its own', async () => {
    const { services, user } = await open(sales());
    await user.keyboard('{Control>}a{/Control}{Alt>}a{/Alt}{Meta>}a{/Meta}');
    expect(services.act).not.toHaveBeenCalled();
  });

  it('are listed by ?', async () => {
    const { user } = await open(sales());
    await user.keyboard('?');
    const pairs = Array.from(document.querySelectorAll('dl[aria-label="Keys"] > div'), (row) => row.textContent);
    expect(pairs).toContain('rReject');
    expect(pairs).toContain('uUndo');
    await user.keyboard('?');
    expect(document.querySelector('dl[aria-label="Keys"]')).toBeNull();
  });
});

describe('an act', () => {
  it('is sent once, told to the page around, asked anew and said politely', async () => {
    const { services, user } = await open(sales());
    await user.keyboard('a');
    expect(services.act.mock.calls).toEqual([[{ leads: [lead], act: { do: 'accept' }, askedAt: now }]]);
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Accepted. Press u to undo.'));
    expect(services.signal).toHaveBeenCalledWith({ relevo: 'acted' });
    expect(services.panel).toHaveBeenCalledTimes(2);
  });

  it('of many words is said in short', async () => {
    const { user } = await open(sales());
    await user.keyboard('n');
    await user.click(screen.getByRole('textbox', { name: 'Note, for both sides' }));
    await user.paste('word '.repeat(300));
    await user.keyboard('{Control>}{Enter}{/Control}');
    const bar = (await screen.findByRole('button', { name: 'Undo' })).parentElement;
    expect(bar?.querySelector('p')?.textContent).toMatch(/^Note: word word .{80,110}…$/);
  });

  it('can’t be sent twice while it is on its way, and says so after 200 ms', async () => {
    let answer: (reply: ActReply) => void = () => {};
    const { services, user } = await open(sales(), {
      act: async () =>
        new Promise<ActReply>((resolve) => {
          answer = resolve;
        }),
    });
    await user.keyboard('n');
    await user.keyboard('Call on Friday{Control>}{Enter}{/Control}{Control>}{Enter}{/Control}');
    const button = await screen.findByRole('button', { name: 'Saving…' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(services.act).toHaveBeenCalledTimes(1);
    await act(async () => answer({ ok: true, facts: ['f'], undoUntil: now + undoMs, refused: {} }));
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('that got no answer is repeated with the instant of the first try', async () => {
    const tell = vi
      .fn<PanelServices['act']>(async () => ({ ok: true, facts: ['f'], undoUntil: now + undoMs, refused: {} }))
      .mockRejectedValueOnce(new Error('gone'));
    let time = now;
    const { user } = await open(sales(), { act: tell, now: () => time });
    await user.keyboard('a');
    expect((await screen.findByRole('alert')).textContent).toContain('Relevo did not answer');
    time = now + 20_000;
    await user.keyboard('a');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(tell.mock.calls.map(([{ askedAt }]) => askedAt)).toEqual([now, now]);
  });

  it.each([
    ['not-allowed', "You can't do this for this lead from here"],
    ['no-such-lead', 'Nothing is recorded of this lead here'],
    ['side-unknown', 'which side you are on'],
    ['name-unknown', 'what your name is'],
    ['other-side', 'for the other side'],
    ['reason-unknown', 'does not have this reason'],
    ['reason-retired', 'taken out of the agreement. Take “Not now” instead.'],
    ['detail-missing', 'needs a detail'],
    ['attempts-missing', 'So far: 2 of 3 attempts.'],
    ['recycled-too-often', "can't be recycled again"],
    ['not-in-the-past', 'Choose one that lies ahead'],
    ['not-in-the-future', 'Choose one that has passed'],
    ['before-hand-off', 'before the hand-off'],
    ['already', 'so already'],
    ['nothing-to-answer', 'nothing to answer'],
    ['closed', 'is closed'],
    ['too-late-to-undo', 'no longer be undone'],
    ['ledger-unavailable', 'nothing was recorded'],
    ['ledger-full', 'storage is full'],
  ] as const)('that is refused (%s) stays in its form and says why', async (code, words) => {
    const { services, user } = await open(sales({ attempts: { made: 2, agreed: 3 } }), {
      act: async () => ({ ok: false, code, successor: 'timing' }),
    });
    await user.keyboard('n');
    await user.keyboard('Call on Friday{Control>}{Enter}{/Control}');
    const form = screen.getByRole('form', { name: 'Add a note' });
    expect((await within(form).findByRole('alert')).textContent).toContain(words);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(services.signal).not.toHaveBeenCalled();
  });

  it.each([
    ['already', 2],
    ['ledger-unavailable', 1],
  ] as const)('that is refused (%s) asks for the lead again only where the lead is the reason', async (code, times) => {
    const { services, user } = await open(sales(), { act: async () => ({ ok: false, code }) });
    await user.keyboard('a');
    await screen.findByRole('alert');
    expect(services.panel).toHaveBeenCalledTimes(times);
  });

  it('that is refused for this lead among the answered ones says why', async () => {
    const { user } = await open(sales(), {
      act: async () => ({ ok: true, facts: [], undoUntil: now, refused: { [lead]: 'closed' } }),
    });
    await user.keyboard('a');
    expect((await screen.findByRole('alert')).textContent).toBe('This lead is closed.');
  });
});
