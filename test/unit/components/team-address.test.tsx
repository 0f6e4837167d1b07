// @vitest-environment happy-dom
/** The team's address in the options: naming it asks the browser inside the click; what is wrong is said with what to do. */
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OptionsServices } from '../../../components/options/services';
import { Procedure } from '../../../components/procedure/procedure';
import type { ProcedureServices } from '../../../components/procedure/services';
import type { TeamState } from '../../../lib/messages/team';
import { speak, type Language } from '../support/i18n';
import { draftWith, noTeam, presetDocument, procedureServices, stateWith } from './sections-support';
import { hour, now } from './support';

const url = 'https://sla.example/agreements/main';
const named: TeamState = { ...noTeam, url, granted: true, checkedAt: now, good: { version: 4, fetchedAt: now - hour } };

function open(team: TeamState, state: Parameters<typeof stateWith>[0] = {}, change: Partial<ProcedureServices> = {}) {
  const services = procedureServices({
    agreementState: vi.fn<ProcedureServices['agreementState']>(async () => stateWith({ ...state, team })),
    ...change,
  });
  render(<Procedure services={{ procedure: services } as OptionsServices} />);
  return { services, user: userEvent.setup() };
}

const field = () => screen.findByLabelText('Address of your team’s agreement');

beforeEach(() => speak('en'));
afterEach(cleanup);

describe('naming the address', () => {
  it('asks the browser at the click, then saves it and says so', async () => {
    const { services, user } = open(noTeam);
    await user.type(await field(), url);
    await user.click(screen.getByRole('button', { name: 'Save and allow' }));
    expect(services.allowSite).toHaveBeenCalledWith(url);
    expect(services.saveTeamAddress).toHaveBeenCalledWith({ url, isCrm: false });
    expect(await screen.findByText('Saved, and read.')).toBeTruthy();
  });

  it('keeps nothing where the person does not allow it', async () => {
    const { services, user } = open(
      noTeam,
      {},
      {
        allowSite: vi.fn<ProcedureServices['allowSite']>(async () => ({ granted: false, isCrm: false })),
      },
    );
    await user.type(await field(), url);
    await user.click(screen.getByRole('button', { name: 'Save and allow' }));
    expect((await screen.findByRole('alert')).textContent).toContain('nothing was saved');
    expect(services.saveTeamAddress).not.toHaveBeenCalled();
  });

  it.each([
    ['https://ana:secret@sla.example/a', 'There is a name or a password in this address.'],
    ['http://sla.example/a', 'Begin it with https.'],
    ['sla', 'Write a whole address'],
  ])('%s is not asked for, and why is said', async (typed, words) => {
    const { services, user } = open(noTeam);
    const input = await field();
    await user.type(input, typed);
    expect(screen.getByText(new RegExp(`^${words.replaceAll('.', '\\.')}`))).toBeTruthy();
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Save and allow' }));
    expect(services.allowSite).not.toHaveBeenCalled();
  });

  it('is the organisation’s where its policy does; the person can still allow the site', async () => {
    const { services, user } = open({ ...named, byPolicy: true, granted: false });
    expect((await field()).hasAttribute('readonly')).toBe(true);
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Allow reading it' }));
    expect(services.saveTeamAddress).toHaveBeenCalledWith({ url, isCrm: false });
  });
});

describe('where it stands', () => {
  it('says which version was read when, reads it now, and removes it', async () => {
    const { services, user } = open(named, { source: 'team', sources: { agreement: 'team' } });
    expect(await screen.findByText(/^Version 4 was read today /)).toBeTruthy();
    expect(screen.getAllByText('Comes from your team').length).toBeGreaterThan(1);
    await user.click(screen.getByRole('button', { name: 'Read now' }));
    expect(services.readTeamAddress).toHaveBeenCalledOnce();
    expect(await screen.findByText('Read.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(services.saveTeamAddress).toHaveBeenCalledWith({ url: null, isCrm: false });
  });

  it('says nothing of having read where it could not', async () => {
    const { services, user } = open(
      { ...named, failing: { since: now - hour, code: 'unreachable' } },
      {},
      { readTeamAddress: vi.fn<ProcedureServices['readTeamAddress']>(async () => ({ ok: true, isRead: false })) },
    );
    await user.click(await screen.findByRole('button', { name: 'Read now' }));
    expect(services.readTeamAddress).toHaveBeenCalledOnce();
    expect(screen.queryByText('Read.')).toBeNull();
    expect((await screen.findByRole('alert')).textContent).toContain('The server does not answer.');
  });

  it('says which wins where a policy is in force, too', async () => {
    open(named, { source: 'policy', isLocked: true });
    expect(await screen.findByText(/that one holds here\. Your team’s comes after it\./)).toBeTruthy();
  });

  it.each([
    ['en', { code: 'status', detail: '401' }, 'wants a name and a password'],
    ['en', { code: 'status', detail: '404' }, 'Nothing lies at this address'],
    ['en', { code: 'status', detail: '503' }, 'the error 503'],
    [
      'en',
      { code: 'unreadable', detail: 'management.review: expected an object' },
      'management.review: expected an object',
    ],
    ['es', { code: 'newer', detail: 'schema 9' }, 'Actualiza Relevo'],
  ] as const)('%s: %j is said, and that the last good one holds', async (language, failing, words) => {
    speak(language satisfies Language);
    open({ ...named, failing: { since: now - hour, ...failing } });
    const alerts = (await screen.findAllByRole('alert')).map(({ textContent }) => textContent ?? '').join(' ');
    expect(alerts).toContain(words);
    expect(alerts).toContain(
      language === 'en' ? 'The last good one stays in force.' : 'Sigue rigiendo el último bueno.',
    );
  });
});

describe('publishing', () => {
  it('is offered for what both signed, and what the server refused is said', async () => {
    const publishToTeam = vi
      .fn<ProcedureServices['publishToTeam']>()
      .mockResolvedValueOnce({ ok: false, code: 'not-allowed', status: 401 })
      .mockResolvedValue({ ok: true, version: 5 });
    const { user } = open({ ...named, toPublish: 5 }, {}, { publishToTeam });
    await user.click(await screen.findByRole('button', { name: 'Publish to the team' }));
    expect((await screen.findByRole('alert')).textContent).toContain('without signing in (401)');
    await user.click(screen.getByRole('button', { name: 'Publish to the team' }));
    expect(await screen.findByText('Version 5 lies there now.')).toBeTruthy();
  });

  it('takes the place of putting a draft into force here, where the team’s agreement holds', async () => {
    const document = presetDocument({ version: 5 });
    open(named, {
      source: 'team',
      draft: draftWith(document, { stage: 'approved' }),
      versions: [{ document, source: 'team', stage: 'effective', isSigned: true, acknowledged: [] }],
    });
    expect(await screen.findByText(/publish this version there/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Put into force at its instant' })).toBeNull();
  });
});
