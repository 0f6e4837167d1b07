// @vitest-environment happy-dom
/** The sidebar: the lead on hand of the tab in front, and plain words where there is none. */
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SidebarServices } from '../../../components/sidebar/services';
import { SidebarApp } from '../../../components/sidebar/sidebar-app';
import type { SidebarReply } from '../../../lib/messages/panel';
import type { FrontTab } from '../../../lib/platform/sidebar';
import { speak } from '../support/i18n';
import { rep, offering } from './panel-work';
import { panelReply, panelServices, workWith } from './support';

const ana = panelReply([], { work: workWith({ offers: offering(rep) }) });
const bo: SidebarReply = ana.ok
  ? { ...ana, lead: { ...ana.lead, key: 'crm|https://crm.example.com|Lead|2', fields: { name: 'Bo Lind' } } }
  : ana;

/** What the worker answers for each tab, and the hands that move the browser. */
function open(replies: Record<number, SidebarReply>, change: Partial<SidebarServices> = {}) {
  let move: (tab: FrontTab | null) => void = () => {};
  let look = (): void => {};
  const base = panelServices(async () => ana);
  const services: SidebarServices = {
    ...base,
    lead: vi.fn<SidebarServices['lead']>(async (tabId) => replies[tabId] ?? { ok: false, reason: 'no-crm' }),
    onTab(changed) {
      move = changed;
      changed({ tabId: 1, loading: false });
      return () => {};
    },
    onLook(again) {
      look = again;
      return () => {};
    },
    ...change,
  };
  render(<SidebarApp services={services} />);
  return {
    services,
    replies,
    front: (tab: FrontTab | null) => act(() => move(tab)),
    look: () => act(() => look()),
    user: userEvent.setup(),
  };
}

const heading = (): string | null => screen.queryByRole('heading', { level: 1 })?.textContent ?? null;

beforeEach(() => speak('en'));

describe('the sidebar', () => {
  it('shows the lead on hand of the tab in front with all that can be done', async () => {
    open({ 1: ana });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    expect(screen.getByRole('list', { name: 'What you can do' })).toBeTruthy();
    const said = screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(said).toContain('Lead: Ana Pérez');
  });

  it('another tab: not for a moment the lead of the one before', async () => {
    let answer: (reply: SidebarReply) => void = () => {};
    const lead = vi.fn((tabId: number) =>
      tabId === 1 ? Promise.resolve(ana) : new Promise<SidebarReply>((resolve) => (answer = resolve)),
    );
    const { front } = open({}, { lead });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    front({ tabId: 2, loading: false });
    expect(document.body.textContent).not.toContain('Ana Pérez');
    await act(async () => answer(bo));
    expect(heading()).toBe('Bo Lind');
  });

  it('asks again when the worker says that something happened, and when the page may be another one', async () => {
    const { replies, look, front } = open({ 1: ana });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    replies[1] = bo;
    look();
    await waitFor(() => expect(heading()).toBe('Bo Lind'));
    replies[1] = { ok: false, reason: 'nothing-on-hand', surface: 'list' };
    front({ tabId: 1, loading: false });
    await screen.findByText('No lead is open here');
    expect(document.body.textContent).not.toContain('Bo Lind');
  });

  it('a page that is still on its way is not said to be no CRM', async () => {
    const { replies, front, services } = open({ 1: ana });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    delete replies[1];
    front({ tabId: 1, loading: true });
    await waitFor(() => expect(heading()).toBe('Lead on hand'));
    expect(screen.queryByText('No CRM in this tab')).toBeNull();
    expect(screen.getByLabelText('Loading this lead')).toBeTruthy();
    front({ tabId: 1, loading: false });
    await screen.findByText('No CRM in this tab');
    expect(vi.mocked(services.lead).mock.calls.every(([tabId]) => tabId === 1)).toBe(true);
  });

  it('while it is not known whether the page is another one, no key acts on the lead; what was written stays', async () => {
    const lead = vi.fn<SidebarServices['lead']>(async () => ana);
    const { front, services, user } = open({}, { lead });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    await user.keyboard('n');
    await user.type(await screen.findByRole('textbox'), 'Half a note');
    await user.click(screen.getByRole('button', { name: /^Accept/ }).closest('section') as HTMLElement);
    let answer: (reply: SidebarReply) => void = () => {};
    lead.mockImplementationOnce(() => new Promise<SidebarReply>((resolve) => (answer = resolve)));
    front({ tabId: 1, loading: true });
    const busy = () => document.querySelector('main > div')?.getAttribute('aria-busy');
    expect(busy()).toBe('true');
    await user.keyboard('a');
    expect(services.act).not.toHaveBeenCalled();
    await act(async () => answer(ana));
    expect(busy()).toBe('false');
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Half a note');
    await user.keyboard('a');
    await waitFor(() => expect(services.act).toHaveBeenCalledOnce());
  });

  it('without an answer it shows no lead: nobody says that it is still on hand', async () => {
    const lead = vi.fn<SidebarServices['lead']>(async () => ana);
    const { look, user } = open({}, { lead });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    lead.mockRejectedValueOnce(new Error('gone'));
    look();
    await screen.findByText('Relevo did not answer');
    expect(document.body.textContent).not.toContain('Ana Pérez');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
  });

  it('has the panel’s keys; Escape closes what is open and nothing else', async () => {
    const { services, user } = open({ 1: ana });
    await waitFor(() => expect(heading()).toBe('Ana Pérez'));
    await user.keyboard('n');
    await screen.findByRole('textbox');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
    await user.keyboard('{Escape}');
    expect(heading()).toBe('Ana Pérez');
    await user.keyboard('a');
    await waitFor(() => expect(services.act).toHaveBeenCalledWith(expect.objectContaining({ act: { do: 'accept' } })));
  });

  it.each<[string, SidebarReply, RegExp]>([
    ['no CRM', { ok: false, reason: 'no-crm' }, /Go to a page of your CRM/],
    ['a list', { ok: false, reason: 'nothing-on-hand', surface: 'list' }, /Press the badge of a lead in the list/],
    ['a board', { ok: false, reason: 'nothing-on-hand', surface: 'board' }, /Press the badge of a lead on the board/],
    ['a record not yet read', { ok: false, reason: 'nothing-on-hand', surface: 'record' }, /If no badge appears/],
    ['another page of the CRM', { ok: false, reason: 'nothing-on-hand', surface: null }, /Open a lead, or a list/],
    ['a lead that is not known', { ok: false, reason: 'no-such-lead' }, /may not have been read yet/],
  ])('says what to do on %s', async (_where, reply, words) => {
    open({ 1: reply });
    await screen.findByText(words);
    expect(heading()).toBe('Lead on hand');
  });
});
