// @vitest-environment happy-dom
/** The first run: every answer is kept as it is given, and every one can be left out. */
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAddress } from '../../../components/welcome/address';
import type { WelcomeServices } from '../../../components/welcome/services';
import { WelcomeApp } from '../../../components/welcome/welcome-app';
import { speak } from '../support/i18n';
import { lucia, youServices } from './sections-support';
import { noPolicySites, now } from './support';

function services(change: Partial<WelcomeServices> = {}): WelcomeServices {
  const { person, savePerson, viewers } = youServices();
  return {
    ...noPolicySites(),
    person,
    savePerson,
    viewers,
    adoptPreset: vi.fn<WelcomeServices['adoptPreset']>(async () => ({ ok: true })),
    turnOn: vi.fn<WelcomeServices['turnOn']>(async () => true),
    openOptions: vi.fn<WelcomeServices['openOptions']>(),
    leave: vi.fn<WelcomeServices['leave']>(),
    now: () => now,
    ...change,
  };
}

const open = (given: WelcomeServices) => {
  render(<WelcomeApp services={given} />);
  return userEvent.setup();
};

beforeEach(() => speak('en'));
afterEach(cleanup);

describe('an address', () => {
  it.each([
    ['crm.example.com', 'https://crm.example.com/*'],
    [' https://crm.example.com/leads?x=1 ', 'https://crm.example.com/*'],
    ['http://127.0.0.1:8000', 'http://127.0.0.1/*'],
    ['crm.example.com:8443/x', 'https://crm.example.com/*'],
  ])('%s is asked for as %s', (typed, pattern) => {
    expect(readAddress(typed)).toMatchObject({ ok: true, pattern });
  });

  it.each(['', 'two words', 'ftp://crm.example.com', 'javascript:alert(1)', 'https://'])('%j is none', (typed) => {
    expect(readAddress(typed)).toEqual({ ok: false });
  });
});

describe('the first run', () => {
  it('the organisation’s CRMs come first, and are allowed by one click', async () => {
    const allowSites = vi.fn<WelcomeServices['allowSites']>(async () => true);
    const policySites = async () => [{ pattern: 'https://crm.example/*', granted: false }];
    const user = open(services({ policySites, allowSites }));
    await screen.findByText('Your organisation uses crm.example. Relevo is not on there yet.');
    await user.click(screen.getByRole('button', { name: 'Allow' }));
    expect(allowSites).toHaveBeenCalledWith(['https://crm.example/*']);
  });

  it('a SaaS CRM is said to be on; one of one’s own is switched on by its address', async () => {
    const given = services();
    const user = open(given);
    await user.click(screen.getByRole('radio', { name: 'HubSpot' }));
    expect(screen.getByText(/HubSpot is on/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Tryton' }));
    const field = screen.getByLabelText('Address of your own Tryton');
    await user.type(field, 'not an address{Enter}');
    expect(screen.getByText('Write an address such as https://crm.example.com')).toBeTruthy();
    expect(given.turnOn).not.toHaveBeenCalled();
    await user.clear(field);
    await user.type(field, 'crm.example.com{Enter}');
    expect(given.turnOn).toHaveBeenCalledWith('https://crm.example.com/*');
    expect(await screen.findByText('On: crm.example.com')).toBeTruthy();
  });

  it('a permission that is not given is said, and nothing is on', async () => {
    const user = open(services({ turnOn: vi.fn<WelcomeServices['turnOn']>(async () => false) }));
    await user.click(screen.getByRole('radio', { name: 'Tryton' }));
    await user.type(screen.getByLabelText('Address of your own Tryton'), 'crm.example.com{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('stays off');
  });

  it('side and name are kept as they are given', async () => {
    const given = services({
      viewers: vi.fn<WelcomeServices['viewers']>(async () => [{ origin: 'https://crm.example.com', name: 'L. Gil' }]),
    });
    const user = open(given);
    await user.click(await screen.findByRole('radio', { name: 'Sales' }));
    expect(given.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, side: 'sales' } });
    await user.click(await screen.findByRole('button', { name: 'L. Gil' }));
    expect(given.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, side: 'sales', name: 'L. Gil' } });
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('the names on CRM pages are offered once the person comes back from one', async () => {
    const viewers = vi.fn<WelcomeServices['viewers']>(async () => []);
    open(services({ viewers }));
    await screen.findByRole('radio', { name: 'Sales' });
    expect(screen.queryByRole('button', { name: 'L. Gil' })).toBeNull();
    viewers.mockResolvedValue([{ origin: 'https://crm.example.com', name: 'L. Gil' }]);
    window.dispatchEvent(new Event('focus'));
    expect(await screen.findByRole('button', { name: 'L. Gil' })).toBeTruthy();
  });

  it.each(['by address', 'by the organisation'])(
    'and soon after a CRM was allowed %s, without leaving the page',
    async (how) => {
      const viewers = vi.fn<WelcomeServices['viewers']>(async () => []);
      const user = open(
        services({ viewers, policySites: async () => [{ pattern: 'https://crm.example/*', granted: false }] }),
      );
      await screen.findByRole('radio', { name: 'Sales' });
      viewers.mockResolvedValue([{ origin: 'https://crm.example.com', name: 'L. Gil' }]);
      if (how === 'by address') {
        await user.click(screen.getByRole('radio', { name: 'Tryton' }));
        await user.type(screen.getByLabelText('Address of your own Tryton'), 'crm.example.com{Enter}');
      } else await user.click(await screen.findByRole('button', { name: 'Allow' }));
      expect(await screen.findByRole('button', { name: 'L. Gil' }, { timeout: 3_000 })).toBeTruthy();
    },
  );

  it('a preset is used by a click, and an agreement that is there already stays', async () => {
    const adoptPreset = vi
      .fn<WelcomeServices['adoptPreset']>()
      .mockResolvedValueOnce({ ok: false, code: 'has-agreement' })
      .mockResolvedValue({ ok: true });
    const user = open(services({ adoptPreset }));
    await user.click(screen.getByRole('radio', { name: 'Fast' }));
    await user.click(screen.getByRole('button', { name: 'Use “Fast”' }));
    expect((await screen.findByRole('alert')).textContent).toContain('it stays');
    await user.click(screen.getByRole('button', { name: 'Use “Fast”' }));
    expect(await screen.findByText('“Fast” holds from now on.')).toBeTruthy();
    expect(adoptPreset).toHaveBeenLastCalledWith({ preset: 'fast' });
  });

  it('speaks the language that is chosen, of which each is named in itself', async () => {
    const given = services();
    const user = open(given);
    await user.click(await screen.findByRole('radio', { name: 'Español' }));
    expect(given.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, language: 'es' } });
    await user.click(screen.getByRole('radio', { name: 'English' }));
    expect(given.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, language: 'en' } });
  });

  it('a language that the organisation has set can’t be chosen, and is said to be set', async () => {
    const given = services({
      person: async () => ({
        person: { ...lucia, language: 'es' },
        readable: true,
        locked: ['language'],
        byPolicy: ['language'],
      }),
    });
    const user = open(given);
    const english = await screen.findByRole('radio', { name: 'English' });
    await user.click(english);
    expect((english as HTMLInputElement).disabled).toBe(true);
    expect(given.savePerson).not.toHaveBeenCalled();
    expect(screen.getByText('Set by your organisation')).toBeTruthy();
  });

  it('can be left at once', async () => {
    const given = services();
    const user = open(given);
    await user.click(screen.getByRole('button', { name: 'Skip for now' }));
    expect(given.leave).toHaveBeenCalledOnce();
    expect(given.savePerson).not.toHaveBeenCalled();
    expect(given.adoptPreset).not.toHaveBeenCalled();
  });
});
