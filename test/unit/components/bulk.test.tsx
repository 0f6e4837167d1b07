// @vitest-environment happy-dom
/** The bar that acts on several leads, and the offer to log a touch. */
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BulkBar } from '../../../components/bulk/bulk-bar';
import type { BulkServices } from '../../../components/bulk/services';
import { TouchOffer } from '../../../components/bulk/touch-offer';
import { defaultTerms } from '../../../lib/agreement/defaults';
import type { Act, ActReply, ActRequest, WorkReply } from '../../../lib/messages/acts';
import { speak } from '../support/i18n';
import { now } from './support';

const { reasons } = defaultTerms.taxonomy;
const leads = ['one', 'two', 'three'];
const workOf = (change: Partial<Extract<WorkReply, { ok: true }>> = {}): WorkReply => ({
  ok: true,
  leads,
  side: 'sales',
  reasons,
  ...change,
});
const taken = (those: readonly string[], refused: Extract<ActReply, { ok: true }>['refused'] = {}): ActReply => ({
  ok: true,
  facts: those.map((lead) => `fact of ${lead}`),
  undoUntil: now + 10_000,
  refused,
});

interface Said {
  readonly acts: { readonly leads: readonly string[]; readonly act: Act }[];
  readonly signals: string[];
  look: () => void;
}

function services(change: Partial<BulkServices> = {}): BulkServices & { readonly said: Said } {
  const said: Said = { acts: [], signals: [], look: () => {} };
  return {
    said,
    work: async () => workOf(),
    act: async ({ leads: those, act: what }) => {
      said.acts.push({ leads: those, act: what });
      return taken(those);
    },
    signal: ({ relevo }) => void (relevo !== 'height' && said.signals.push(relevo)),
    onLook(look) {
      said.look = look;
      return () => {
        said.look = () => {};
      };
    },
    now: () => now,
    ...change,
  };
}

beforeEach(() => speak('en'));
afterEach(() => vi.useRealTimers());

describe('the bar', () => {
  const open = (given: BulkServices) => {
    render(<BulkBar services={given} />);
    return userEvent.setup();
  };

  it('says how many leads are selected, and again when they are others', async () => {
    let selected = leads;
    const given = services({ work: async () => workOf({ leads: selected }) });
    open(given);
    expect(await screen.findByText('3 leads selected')).toBeDefined();
    selected = ['one'];
    act(() => given.said.look());
    expect(await screen.findByText('1 lead selected')).toBeDefined();
  });

  it.each([
    ['sales', ['Accept', 'Reject…', 'Recycle…']],
    ['marketing', ['Flag…']],
    [null, ['Accept', 'Reject…', 'Recycle…', 'Flag…']],
  ] as const)('offers to %s what is theirs to do', async (side, names) => {
    open(services({ work: async () => workOf({ side }) }));
    await screen.findByText('3 leads selected');
    const shown = screen
      .getAllByRole('button')
      .flatMap(({ ariaLabel, textContent }) => (ariaLabel ? [] : [textContent]));
    // Without the key behind the words; the one that closes has none.
    expect(shown.flatMap((text) => text?.replace(/.$/, '').trim() || [])).toEqual(names);
  });

  it('accepts all of them by its key, and takes all of them back in one act', async () => {
    const given = services();
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('a');
    expect(await screen.findByText('3 leads accepted')).toBeDefined();
    expect(given.said.acts).toEqual([{ leads, act: { do: 'accept' } }]);
    expect(given.said.signals).toEqual(['acted']);
    await user.keyboard('u');
    expect(await screen.findByText('Taken back for 3 leads')).toBeDefined();
    expect(given.said.acts.slice(1)).toEqual([
      { leads, act: { do: 'undo', facts: leads.map((lead) => `fact of ${lead}`) } },
    ]);
    expect(given.said.signals).toEqual(['acted', 'undone']);
  });

  it('counts the leads that did not take it with the reason, and takes back only the others', async () => {
    const acts: unknown[] = [];
    const given = services({
      act: async ({ leads: those, act: what }) => {
        acts.push([those, what.do]);
        return what.do === 'undo' ? taken(those) : taken(['one', 'three'], { two: 'already' });
      },
    });
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.click(screen.getByRole('button', { name: 'Accept' }));
    expect(await screen.findByText('2 leads accepted')).toBeDefined();
    expect(screen.getByText(/^Not 1 lead: /)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText('Taken back for 2 leads');
    expect(acts.slice(1)).toEqual([[['one', 'three'], 'undo']]);
  });

  it('says which of them can no longer be taken back', async () => {
    const given = services({
      act: async ({ leads: those, act: what }) =>
        what.do === 'undo' ? taken(['one', 'three'], { two: 'too-late-to-undo' }) : taken(those),
    });
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('a');
    await screen.findByText('3 leads accepted');
    await user.keyboard('u');
    expect(await screen.findByText('Taken back for 2 leads')).toBeDefined();
    expect(screen.getByText(/^Not 1 lead: .*no longer be undone/)).toBeDefined();
  });

  it('that got no answer when it took them back says so, and asks again as of the same instant', async () => {
    const asked: ActRequest[] = [];
    let clock = now;
    const given = services({
      now: () => clock,
      act: async (request) => {
        if (request.act.do !== 'undo') return taken(request.leads);
        asked.push(request);
        if (asked.length === 1) throw new Error('gone');
        return taken(request.leads);
      },
    });
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('a');
    await screen.findByText('3 leads accepted');
    await user.keyboard('u');
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
    expect(screen.getByText('3 leads accepted')).toBeDefined();
    clock += 2_000;
    await user.keyboard('u');
    expect(await screen.findByText('Taken back for 3 leads')).toBeDefined();
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[0]?.askedAt).toBe(now);
  });

  it('asks for a reason, and for what that reason asks for, before it rejects', async () => {
    const given = services();
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('r');
    const send = screen.getByRole('button', { name: 'Reject' });
    await user.click(send);
    expect(screen.getByRole('alert')).toBeDefined();
    await user.click(screen.getByRole('radio', { name: 'Missing or wrong data' }));
    await user.click(send);
    expect(given.said.acts).toEqual([]);
    expect(screen.getByRole('alert')).toBeDefined();
    await user.click(screen.getAllByRole('radio').at(-1) as HTMLElement);
    await user.click(send);
    await screen.findByText('3 leads rejected');
    expect(given.said.acts).toEqual([{ leads, act: { do: 'reject', reason: 'data', detail: 'tier' } }]);
  });

  it('flags on the axis of the reason, and offers no reason that is for rejections only, or retired', async () => {
    const gone = {
      ...reasons[8],
      id: 'old',
      label: { en: 'Old one', es: 'Antiguo' },
      retired: {},
    } as (typeof reasons)[0];
    const given = services({ work: async () => workOf({ side: 'marketing', reasons: [...reasons, gone] }) });
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('f');
    expect(screen.queryByRole('radio', { name: 'Unreachable' })).toBeNull();
    expect(screen.queryByRole('radio', { name: 'Old one' })).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'Not now' }));
    await user.click(screen.getByRole('button', { name: 'Flag' }));
    await screen.findByText('3 leads flagged');
    expect(given.said.acts).toEqual([{ leads, act: { do: 'flag', axis: 'readiness', reason: 'timing' } }]);
  });

  it('recycles with a date that lies ahead, and asks for one', async () => {
    const given = services();
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('c');
    const send = screen.getByRole('button', { name: 'Recycle' });
    await user.click(send);
    expect(screen.getByRole('alert').textContent).toBe('Choose a time that lies ahead.');
    expect(given.said.acts).toEqual([]);
    await user.click(screen.getByRole('radio', { name: /in 2 weeks/ }));
    await user.click(send);
    expect(await screen.findByText('3 leads recycled')).toBeDefined();
    const then = new Date(now);
    const until = new Date(then.getFullYear(), then.getMonth(), then.getDate() + 14, 9).getTime();
    expect(given.said.acts).toEqual([{ leads, act: { do: 'recycle', until } }]);
  });

  it('Escape leaves the reasons first and the bar then', async () => {
    const given = services();
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('r');
    expect(screen.getAllByRole('radio').length).toBeGreaterThan(0);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('radio')).toBeNull();
    expect(given.said.signals).toEqual([]);
    await user.keyboard('{Escape}');
    expect(given.said.signals).toEqual(['close']);
  });

  it('says in words why nothing was done, keeps the selection, and can be tried again', async () => {
    const replies: (() => Promise<ActReply>)[] = [
      async () => ({ ok: false, code: 'side-unknown' }),
      async () => Promise.reject(new Error('gone')),
      async () => taken(leads),
    ];
    const given = services({ act: async () => (replies.shift() ?? (() => Promise.reject(new Error('none'))))() });
    const user = open(given);
    await screen.findByText('3 leads selected');
    await user.keyboard('a');
    const first = (await screen.findByRole('alert')).textContent;
    await user.keyboard('a');
    await waitFor(() => expect(screen.getByRole('alert').textContent).not.toBe(first));
    expect(given.said.signals).toEqual([]);
    await user.keyboard('a');
    expect(await screen.findByText('3 leads accepted')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('a second key while the first is on its way does nothing twice', async () => {
    let answer: (reply: ActReply) => void = () => {};
    const sent = vi.fn(() => new Promise<ActReply>((resolve) => (answer = resolve)));
    const user = open(services({ act: sent }));
    await screen.findByText('3 leads selected');
    await user.keyboard('aa');
    expect(sent).toHaveBeenCalledOnce();
    await act(async () => answer(taken(leads)));
    expect(screen.getByText('3 leads accepted')).toBeDefined();
  });

  it('goes when it is too late to undo', async () => {
    vi.useFakeTimers({ now, shouldAdvanceTime: false });
    const given = services();
    render(<BulkBar services={given} />);
    await act(() => vi.advanceTimersByTimeAsync(10));
    await act(async () => screen.getByRole('button', { name: 'Accept' }).click());
    await act(() => vi.advanceTimersByTimeAsync(9_900));
    expect(given.said.signals).toEqual(['acted']);
    await act(() => vi.advanceTimersByTimeAsync(200));
    expect(given.said.signals).toEqual(['acted', 'close']);
  });

  it('does not go while leads are being taken back', async () => {
    vi.useFakeTimers({ now, shouldAdvanceTime: false });
    let goOn: (reply: ActReply) => void = () => {};
    const given = services({
      act: ({ leads: those, act: { do: what } }) =>
        what === 'undo' ? new Promise((resolve) => (goOn = resolve)) : Promise.resolve(taken(those)),
      work: async () => workOf({ leads: ['one'] }),
    });
    render(<BulkBar services={given} />);
    await act(() => vi.advanceTimersByTimeAsync(10));
    await act(async () => screen.getByRole('button', { name: 'Accept' }).click());
    await act(() => vi.advanceTimersByTimeAsync(9_000));
    await act(async () => screen.getByRole('button', { name: 'Undo' }).click());
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    expect(given.said.signals).toEqual(['acted']);
    await act(async () => goOn(taken(['one'])));
    expect(screen.getByText('Taken back for 1 lead')).toBeDefined();
    await act(() => vi.advanceTimersByTimeAsync(4_100));
    expect(given.said.signals).toEqual(['acted', 'undone', 'close']);
  });

  it('a token that is not ours shows nothing to act on', async () => {
    open(services({ work: async () => ({ ok: false, code: 'not-allowed' }) }));
    await screen.findByRole('alert');
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
  });

  it('speaks Spanish', async () => {
    speak('es');
    const user = open(services());
    expect(await screen.findByText('3 leads seleccionados')).toBeDefined();
    await user.keyboard('a');
    expect(await screen.findByText('3 leads aceptados')).toBeDefined();
  });
});

describe('the offer', () => {
  const open = (given: BulkServices, channel: 'call' | 'email' = 'call') => {
    render(<TouchOffer services={given} channel={channel} />);
    return userEvent.setup();
  };
  const one = { work: async () => workOf({ leads: ['one'] }) };

  it.each([
    ['call', 'Log this call as a touch?'],
    ['email', 'Log this mail as a touch?'],
  ] as const)('asks about a %s, takes no focus and logs nothing by itself', async (channel, words) => {
    const given = services(one);
    open(given, channel);
    expect(await screen.findByText(words)).toBeDefined();
    expect(document.activeElement).toBe(document.body);
    expect(given.said.acts).toEqual([]);
  });

  it.each(['{Enter}', 'y'])('%s logs an outbound touch, once', async (key) => {
    const given = services(one);
    const user = open(given);
    await screen.findByText('Log this call as a touch?');
    await user.keyboard(key + key);
    expect(await screen.findByText('Logged as a touch')).toBeDefined();
    expect(given.said.acts).toEqual([{ leads: ['one'], act: { do: 'touch', channel: 'call', direction: 'outbound' } }]);
    expect(given.said.signals).toContain('acted');
  });

  it.each(['{Escape}', 'n'])('%s dismisses it', async (key) => {
    const given = services(one);
    const user = open(given);
    await screen.findByText('Log this call as a touch?');
    await user.keyboard(key);
    expect(given.said).toMatchObject({ acts: [], signals: ['close'] });
  });

  it.each(['marketing', null] as const)('does not ask %s, who owes no touch', async (side) => {
    const given = services({ work: async () => workOf({ leads: ['one'], side }) });
    open(given);
    await waitFor(() => expect(given.said.signals).toEqual(['close']));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('does not ask where the worker does not answer or refuses', async () => {
    const refused = services({ work: async () => ({ ok: false, code: 'not-allowed' }) });
    const { unmount } = render(<TouchOffer services={refused} channel="call" />);
    await waitFor(() => expect(refused.said.signals).toEqual(['close']));
    unmount();
    const silent = services({ work: () => Promise.reject(new Error('gone')) });
    open(silent);
    await waitFor(() => expect(silent.said.signals).toEqual(['close']));
  });

  it('goes after 8 s, and stays while the focus or the pointer is on it', async () => {
    vi.useFakeTimers({ now, shouldAdvanceTime: false });
    const given = services(one);
    render(<TouchOffer services={given} channel="call" />);
    await act(() => vi.advanceTimersByTimeAsync(7_000));
    await act(async () => void window.dispatchEvent(new Event('focus')));
    await act(() => vi.advanceTimersByTimeAsync(20_000));
    expect(given.said.signals).toEqual([]);
    await act(async () => void window.dispatchEvent(new Event('blur')));
    await act(() => vi.advanceTimersByTimeAsync(7_900));
    expect(given.said.signals).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(200));
    expect(given.said.signals).toEqual(['close']);
  });

  it('says why it could not be logged, and lets the person try again', async () => {
    const replies: ActReply[] = [{ ok: false, code: 'ledger-full' }, taken(['one'])];
    const given = services({ ...one, act: async () => replies.shift() ?? { ok: false, code: 'closed' } });
    const user = open(given);
    await screen.findByText('Log this call as a touch?');
    await user.keyboard('y');
    await waitFor(() => expect(screen.queryByText('Log this call as a touch?')).toBeNull());
    expect(given.said.signals).toEqual([]);
    await user.keyboard('y');
    expect(await screen.findByText('Logged as a touch')).toBeDefined();
  });

  it('takes the touch back by its key, and goes once nothing can be taken back', async () => {
    vi.useFakeTimers({ now, shouldAdvanceTime: true });
    const given = services(one);
    render(<TouchOffer services={given} channel="call" />);
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    await screen.findByText('Log this call as a touch?');
    await user.keyboard('y');
    await screen.findByText('Logged as a touch');
    await act(() => vi.advanceTimersByTimeAsync(9_000));
    expect(given.said.signals).toEqual(['acted']);
    await user.keyboard('u');
    expect(await screen.findByText('Taken back')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(given.said.acts.at(-1)).toEqual({ leads: ['one'], act: { do: 'undo', facts: ['fact of one'] } });
    expect(given.said.signals).toEqual(['acted', 'undone']);
    await act(() => vi.advanceTimersByTimeAsync(2_100));
    expect(given.said.signals).toEqual(['acted', 'undone', 'close']);
  });

  it('that could not be taken back says why, and can be tried again', async () => {
    const replies: ActReply[] = [taken(['one']), { ok: false, code: 'ledger-full' }, taken(['one'])];
    const given = services({ ...one, act: async () => replies.shift() ?? { ok: false, code: 'closed' } });
    const user = open(given);
    await screen.findByText('Log this call as a touch?');
    await user.keyboard('y');
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Taken back')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that got no answer asks again as of the same instant, so that one call is one touch', async () => {
    const asked: (number | undefined)[] = [];
    let clock = now;
    const answer: BulkServices['act'] = async ({ askedAt }) => {
      asked.push(askedAt);
      if (asked.length === 1) throw new Error('gone');
      return taken(['one']);
    };
    const user = open(services({ ...one, act: answer, now: () => clock }));
    await screen.findByText('Log this call as a touch?');
    await user.keyboard('y');
    await waitFor(() => expect(screen.queryByText('Log this call as a touch?')).toBeNull());
    clock += 3_000;
    await user.keyboard('y');
    expect(await screen.findByText('Logged as a touch')).toBeDefined();
    expect(asked).toEqual([now, now]);
  });
});
