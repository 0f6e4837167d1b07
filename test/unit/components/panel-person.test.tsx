// @vitest-environment happy-dom
/** Around an act in the panel: taking it back, who the person is, and the lead's link. */
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import { undoMs } from '../../../lib/messages/acts';
import { speak } from '../support/i18n';
import { lead, offering, open, sales } from './panel-work';
import { now, workWith } from './support';

beforeEach(() => speak('en'));

const earlier: Fact = {
  id: 'a'.repeat(32),
  lead,
  at: now - 5_000,
  author: 'Luis Ortega',
  evidence: 'person',
  kind: 'touch',
  channel: 'call',
};

describe('undo', () => {
  it('takes back what was written, by its key', async () => {
    const { services, user } = await open(sales());
    await user.keyboard('a');
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeTruthy();
    await user.keyboard('u');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
    expect(services.act).toHaveBeenLastCalledWith({
      leads: [lead],
      act: { do: 'undo', facts: ['fact-1'] },
      askedAt: now,
    });
    expect(screen.getByRole('status').textContent).toBe('Taken back: Accepted');
  });

  it('is offered for as long as it can be done, and the focus stays in the panel', async () => {
    const { user } = await open(sales(), {
      act: async () => ({ ok: true, facts: ['f'], undoUntil: now + 400, refused: {} }),
    });
    await user.keyboard('a');
    const undo = await screen.findByRole('button', { name: 'Undo' });
    undo.focus();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('dialog')));
  });

  it('that comes too late says so', async () => {
    const { user } = await open(sales(), {
      act: async ({ act: what }) =>
        what.do === 'undo'
          ? { ok: false, code: 'too-late-to-undo' }
          : { ok: true, facts: ['f'], undoUntil: now + undoMs, refused: {} },
    });
    await user.keyboard('a');
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect((await screen.findByRole('alert')).textContent).toContain('can no longer be undone');
  });

  it('is offered of what was done before this panel was opened, or in another place', async () => {
    const { services, user } = await open(sales({ undoable: { fact: earlier, until: now + 5_000 } }));
    expect(await screen.findByText(/^Touch: call$/i)).toBeTruthy();
    await user.keyboard('u');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
    expect(services.act).toHaveBeenLastCalledWith({
      leads: [lead],
      act: { do: 'undo', facts: [earlier.id] },
      askedAt: now,
    });
  });

  it('of what was done in another place goes in time', async () => {
    await open(sales({ undoable: { fact: earlier, until: now + 300 } }));
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
  });

  it('does nothing where nothing was done', async () => {
    const { services, user } = await open(sales());
    await user.keyboard('u');
    expect(services.act).not.toHaveBeenCalled();
  });
});

describe('who the person is', () => {
  it('is asked where nobody knows the side, and kept', async () => {
    const { services, user } = await open(
      workWith({ side: null, offers: offering(['note'], { accept: 'side-unknown', flag: 'side-unknown' }) }),
    );
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
    const group = screen.getByRole('group', { name: 'Which side are you on?' });
    await user.click(within(group).getByRole('button', { name: 'Marketing' }));
    expect(services.introduce).toHaveBeenCalledWith({ side: 'marketing' });
    expect(services.panel).toHaveBeenCalledTimes(2);
  });

  it('uses the agreement’s names of the sides', async () => {
    await open(workWith({ side: null, parties: { marketing: { label: 'Agency' }, sales: { label: 'Client' } } }));
    const group = screen.getByRole('group', { name: 'Which side are you on?' });
    expect(
      within(group)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['Client', 'Agency']);
  });

  it('is shown once it is known, and can be changed', async () => {
    const { services, user } = await open(sales());
    expect(screen.getByText('You act as Luis Ortega, for Sales.')).toBeTruthy();
    expect(screen.queryByRole('group', { name: 'Which side are you on?' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Change side' }));
    await user.click(screen.getByRole('button', { name: 'Marketing' }));
    expect(services.introduce).toHaveBeenCalledWith({ side: 'marketing' });
    expect(screen.queryByRole('group', { name: 'Which side are you on?' })).toBeNull();
  });

  it('is asked for a name where the CRM shows none', async () => {
    const { services, user } = await open(workWith({ me: null, offers: offering([], { accept: 'name-unknown' }) }));
    await user.type(screen.getByRole('textbox', { name: 'What is your name?' }), ' Marta Gil {Enter}');
    expect(services.introduce).toHaveBeenCalledWith({ name: 'Marta Gil' });
  });

  it('says so where it could not be kept', async () => {
    const { user } = await open(workWith({ side: null }), { introduce: async () => false });
    await user.click(screen.getByRole('button', { name: 'Sales' }));
    expect((await screen.findByRole('alert')).textContent).toContain('could not be saved');
  });
});

describe('the link', () => {
  const url = 'https://crm.example.com/#Lead/view/1';

  it('is copied by its key', async () => {
    const { services, user } = await open(sales(), {}, url);
    await user.keyboard('l');
    expect(services.copy).toHaveBeenCalledWith(url);
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Link copied.'));
  });

  it('is shown to be copied by hand where the browser refuses', async () => {
    const { user } = await open(sales(), { copy: async () => false }, url);
    await user.keyboard('l');
    const field = await screen.findByRole('textbox', { name: /does not let us copy/ });
    expect((field as HTMLInputElement).value).toBe(url);
    expect(document.activeElement).toBe(field);
  });

  it('that is not known says so', async () => {
    const { services, user } = await open(sales());
    await user.keyboard('l');
    expect(screen.getByRole('alert').textContent).toContain('not known yet');
    expect(services.copy).not.toHaveBeenCalled();
  });
});
