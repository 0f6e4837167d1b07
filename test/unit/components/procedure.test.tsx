// @vitest-environment happy-dom
/** The change procedure: stages, signatures, differences in words, reading confirmed, dry run, applying, rolling out. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Procedure } from '../../../components/procedure/procedure';
import { differenceWords } from '../../../components/procedure/diff-words';
import type { OptionsServices } from '../../../components/options/services';
import type { ProcedureServices } from '../../../components/procedure/services';
import { differences } from '../../../lib/agreement/diff';
import type { DryRunGroup } from '../../../lib/agreement/dry-run';
import type { AgreementReply, TrialReply } from '../../../lib/messages/agreements';
import { catalogues, speak, type Language } from '../support/i18n';
import { draftWith, noTeam, presetDocument, procedureServices, stateWith, withFirstTouch } from './sections-support';
import { hour, now } from './support';

const monday = new Date(2026, 2, 16, 9).toISOString();
const hash = 'a'.repeat(64);
const signature = (party: 'marketing' | 'sales', by: string) => ({ party, by, at: now - hour, hash });

function open(services: ProcedureServices) {
  render(<Procedure services={{ procedure: services } as OptionsServices} />);
  return userEvent.setup();
}

const withState = (state: Parameters<typeof stateWith>[0], change: Partial<ProcedureServices> = {}) =>
  procedureServices({
    agreementState: vi.fn<ProcedureServices['agreementState']>(async () => stateWith(state)),
    ...change,
  });

beforeEach(() => speak('en'));
afterEach(cleanup);

describe('where the agreement stands', () => {
  const current = async (): Promise<string> =>
    (await screen.findAllByRole('listitem')).find((item) => item.getAttribute('aria-current') === 'step')
      ?.textContent ?? '';

  it('the step that it is at is marked, with who signed and who has not', async () => {
    const document = presetDocument({ version: 4, effectiveFrom: monday });
    open(
      withState({ draft: draftWith(document, { stage: 'proposed', signatures: [signature('sales', 'Luis Ortega')] }) }),
    );
    expect(await current()).toContain('Proposed');
    expect(screen.getByText(/Signed by Luis Ortega \(Sales\)\. Waiting for Marketing\./)).toBeTruthy();
    expect(screen.getByText('From Mon 09:00.')).toBeTruthy();
  });

  it('without a draft it is the newest version', async () => {
    const document = presetDocument({ version: 4, effectiveFrom: monday });
    open(withState({ versions: [{ document, source: 'sync', stage: 'approved', isSigned: true, acknowledged: [] }] }));
    expect(await current()).toContain('Approved');
  });

  it('what the organisation has set is not changed here', async () => {
    open(withState({ isLocked: true, source: 'policy' }));
    expect(
      await screen.findByText(/Your organisation has set which agreement holds, so none is changed here/),
    ).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Begin a draft' })).toBeNull();
    expect(screen.queryByText('Bring in an agreement')).toBeNull();
  });

  it('a worker that does not answer is said, and can be asked again', async () => {
    const agreementState = vi
      .fn<ProcedureServices['agreementState']>()
      .mockRejectedValueOnce(new Error('no'))
      .mockResolvedValue(stateWith());
    const user = open(procedureServices({ agreementState }));
    expect((await screen.findByRole('alert')).textContent).toContain('Relevo did not answer');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/Nothing is being changed/)).toBeTruthy();
  });
});

describe('the organisation’s CRMs', () => {
  const site = (host: string, granted = false) => ({ pattern: `https://${host}/*`, granted });

  it('those that are not allowed yet are named and allowed by one click; one that is declined stays, and that is said', async () => {
    const allowSites = vi.fn<ProcedureServices['allowSites']>().mockResolvedValueOnce(false).mockResolvedValue(true);
    const policySites = async () => [site('a.example'), site('b.example', true), site('*.c.example')];
    const user = open(procedureServices({ policySites, allowSites }));
    expect(
      await screen.findByText('Your organisation uses a.example, *.c.example. Relevo is not on there yet.'),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Allow' }));
    expect(allowSites).toHaveBeenCalledWith(['https://a.example/*', 'https://*.c.example/*']);
    expect((await screen.findByRole('alert')).textContent).toContain('The browser did not give its permission');
    await user.click(screen.getByRole('button', { name: 'Allow' }));
    await waitFor(() => expect(screen.queryByText(/Your organisation uses/)).toBeNull());
  });

  it('nothing is said where all are allowed, and of many the first are named', async () => {
    open(procedureServices({ policySites: async () => [site('a.example', true)] }));
    await screen.findByText(/Nothing is being changed/);
    expect(screen.queryByText(/Your organisation uses/)).toBeNull();
    cleanup();
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => site(`${name}.example`));
    open(procedureServices({ policySites: async () => many }));
    expect(await screen.findByText(/uses a\.example, b\.example, c\.example and 2 more\./)).toBeTruthy();
  });
});

describe('the acts', () => {
  const document = presetDocument({ version: 4, effectiveFrom: monday });

  it('a draft is proposed; what keeps it from being so is said with its place', async () => {
    const propose = vi.fn<ProcedureServices['propose']>(async (): Promise<AgreementReply> => ({
      ok: false,
      code: 'invalid',
      issues: [{ path: ['services', 'commitments', 0, 'rules', 1], code: 'x', params: {}, message: 'never reached' }],
    }));
    const user = open(withState({ draft: draftWith(document) }, { propose }));
    await user.click(await screen.findByRole('button', { name: 'Propose to both sides' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Mend this first');
    expect(alert.textContent).toContain('services.commitments[0].rules[1]: never reached');
  });

  it('each side signs: the person by their settings, the other one by name', async () => {
    const services = withState({ draft: draftWith(document, { stage: 'proposed' }) });
    const user = open(services);
    await screen.findByText('May sign: Luis Ortega');
    const mine = await screen.findByRole('form', { name: 'Sign for Marketing' });
    await waitFor(() => expect(within(mine).getByLabelText<HTMLInputElement>('Name').value).toBe('Lucía Gil'));
    await user.click(within(mine).getByRole('button', { name: 'Sign for Marketing' }));
    await waitFor(() => expect(services.sign).toHaveBeenLastCalledWith({}));
    const theirs = screen.getByRole('form', { name: 'Sign for Sales' });
    await user.type(within(theirs).getByLabelText('Name'), 'Luis Ortega');
    await user.click(within(theirs).getByRole('button', { name: 'Sign for Sales' }));
    expect(services.sign).toHaveBeenLastCalledWith({ as: { party: 'sales', by: 'Luis Ortega' } });
    expect(await screen.findByText('Signed: Luis Ortega, for Sales.')).toBeTruthy();
    expect(screen.getByText('Any edit after a signature voids it, whoever makes it.')).toBeTruthy();
  });

  it('what was signed and not put into force in time can only be withdrawn, and is shown as in force nowhere', async () => {
    const past = presetDocument({ version: 4, effectiveFrom: new Date(now - 2 * hour).toISOString() });
    const signatures = [signature('marketing', 'Lucía Gil'), signature('sales', 'Luis Ortega')];
    const draft = draftWith(past, { stage: 'approved', hasPassed: true, signatures });
    const user = open(withState({ draft }));
    expect((await screen.findByRole('alert')).textContent).toContain('Withdraw it, set a later one');
    expect(screen.getByText(/^Not in force: its instant, .*, has passed\.$/)).toBeTruthy();
    const step = screen.getAllByRole('listitem').find((item) => item.getAttribute('aria-current') === 'step');
    expect(step?.textContent).toContain('Approved');
    expect(screen.queryByRole('button', { name: 'Put into force at its instant' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Withdraw' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Withdraw' }));
  });

  it('somebody who is not named is refused in words', async () => {
    const sign = vi.fn<ProcedureServices['sign']>(async () => ({ ok: false, code: 'not-named', party: 'sales' }));
    const user = open(withState({ draft: draftWith(document, { stage: 'proposed' }) }, { sign }));
    const form = await screen.findByRole('form', { name: 'Sign for Sales' });
    await user.type(within(form).getByLabelText('Name'), 'Nobody');
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe(
      'This person is not named as one who may sign for Sales. Nothing was signed.',
    );
  });

  it('a draft is discarded by two clicks', async () => {
    const services = withState({ draft: draftWith(document) });
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Discard the draft' }));
    expect(services.dropDraft).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Yes, discard it' }));
    expect(services.dropDraft).toHaveBeenCalledWith({ restore: false });
  });

  it('a version is confirmed as read, and without a name the way to it is shown', async () => {
    const acknowledge = vi
      .fn<ProcedureServices['acknowledge']>()
      .mockResolvedValueOnce({ ok: false, code: 'name-unknown' })
      .mockResolvedValue({ ok: true });
    const toAcknowledge = [{ id: 'a', version: 4, effectiveFrom: monday }];
    const user = open(withState({ toAcknowledge }, { acknowledge }));
    await screen.findByText('Agreement v4 takes effect Mon 09:00. Have you read it?');
    await user.click(screen.getByRole('button', { name: 'I have read it' }));
    expect((await screen.findByRole('link', { name: 'Go to “You”' })).getAttribute('href')).toBe('#you');
    expect(acknowledge).toHaveBeenCalledWith({ id: 'a', version: 4 });
  });

  it('of two versions under one number one is chosen', async () => {
    const mine = presetDocument();
    const services = withState({ conflict: { mine, theirs: withFirstTouch(mine, 30) } });
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Take the other one' }));
    expect(services.chooseVersion).toHaveBeenCalledWith({ choice: 'theirs' });
  });

  it('every refusal has its sentence in both languages', () => {
    const codes = [
      'no-signatory',
      'not-named',
      'no-effective-instant',
      'effective-too-soon',
      'version-not-newer',
      'not-proposed',
      'already-proposed',
      'already-signed',
      'already-effective',
      'no-draft',
      'invalid',
      'set-by-policy',
      'not-approved',
      'name-unknown',
      'side-unknown',
      'no-such-version',
      'already-acknowledged',
      'has-agreement',
      'no-conflict',
      'not-kept',
      'ledger-unavailable',
      'no-answer',
    ];
    for (const catalogue of [catalogues.en, catalogues.es])
      for (const code of codes) expect(catalogue).toHaveProperty([`procedure_refused_${code.replaceAll('-', '_')}`]);
  });
});

describe('differences in words', () => {
  const before = presetDocument();
  const after = withFirstTouch(before, 30);
  const words = (language: Language) => {
    speak(language);
    return differences(before, after).map((one) => differenceWords(one, before, after));
  };

  it('a target says the unit once, where it is the same', () => {
    expect(words('en')).toEqual([expect.stringMatching(/^First touch for “.+”: \d+ → 30 working minutes$/)]);
    expect(words('es')).toEqual([expect.stringMatching(/ para «.+»: \d+ → 30 minutos laborables$/)]);
  });

  it('a side is told by its name', () => {
    speak('en');
    const other = {
      ...before,
      parties: { ...before.parties, sales: { ...before.parties.sales, signatories: ['Ana Ruiz'] } },
    };
    const said = differences(before, other).map((one) => differenceWords(one, before, other));
    expect(said).toEqual(['Sales, who may sign: Luis Ortega → Ana Ruiz']);
  });

  it('an aim is told by its text, and what was chosen from a list by the words of the list', () => {
    speak('en');
    const { management, services } = before;
    const withReport = {
      ...before,
      services: {
        ...services,
        commitments: services.commitments.map((one, index) => {
          const { aim: _aim, ...rest } = one;
          return index === 0 ? rest : one;
        }),
      },
      management: {
        ...management,
        reports: [{ id: 'quarterly', measures: ['accepted-share'], every: 'quarter' as const, to: ['Marta Ruiz'] }],
      },
    };
    const said = differences(withReport, before).map((one) => differenceWords(one, withReport, before));
    const added = differences(before, withReport).map((one) => differenceWords(one, before, withReport));
    expect(said.join('\n')).toContain(', aim: added, No lead goes cold while it waits for us.');
    expect(added.join('\n')).toMatch(/each quarter/);
    expect(added.join('\n')).not.toMatch(/leads-do-not-cool|accepted-share/);
  });

  it('a team is told by its name and its people', () => {
    const teams = (members: string[]) => ({
      ...before,
      management: {
        ...before.management,
        definitions: { ...before.management.definitions, teams: [{ id: 'north', label: 'North', members }] },
      },
    });
    const said = (from: typeof before, to: typeof before) =>
      differences(from, to).map((one) => differenceWords(one, from, to));
    speak('en');
    expect(said(before, teams(['Ana Ruiz', 'Lee Park']))).toEqual(['Team “North”: added, Ana Ruiz, Lee Park']);
    expect(said(teams(['Ana Ruiz']), teams(['Lee Park']))).toEqual(['Team “North”, members: Ana Ruiz → Lee Park']);
    speak('es');
    expect(said(teams(['Ana Ruiz']), teams(['Lee Park']))).toEqual(['Equipo «North», miembros: Ana Ruiz → Lee Park']);
  });

  it.each(['en', 'es'] as const)(
    'every kind of difference reads as a sentence in %s, without a key and without JSON',
    (language) => {
      speak(language);
      const other = {
        ...withFirstTouch(before, 45),
        title: 'Other title',
        notes: 'Because',
        effectiveFrom: monday,
        services: {
          ...withFirstTouch(before, 45).services,
          commitments: withFirstTouch(before, 45).services.commitments.slice(1),
          aims: [],
        },
        management: { ...before.management, attempts: 9, retentionDays: 30, promises: [], escalation: [], clauses: [] },
      };
      const said = differences(before, other).map((one) => differenceWords(one, before, other));
      expect(said.length).toBeGreaterThan(8);
      for (const sentence of said) {
        expect(sentence).not.toMatch(/procedure_|[{}]|\[object|undefined/);
        expect(sentence).toContain(':');
      }
    },
  );
});

const group = (name: string): DryRunGroup => ({
  name,
  open: { now: { 'at-risk': 1, overdue: 2 }, proposed: { 'at-risk': 4, overdue: 2 } },
  attainment: { now: { met: 9, judged: 10 }, proposed: { met: 6, judged: 10 } },
});

const finished: TrialReply = {
  state: 'done',
  run: 'run',
  list: 'list',
  report: {
    leads: { open: 40, past: 200 },
    total: group(''),
    byCommitment: [group('first-touch')],
    byRep: [group(''), group('Luis Ortega')],
    bySource: [group('Webinar')],
    more: 0,
  },
  rows: 1,
  leads: 1,
};
const row = {
  lead: 'crm|https://crm.example.com|Lead|1',
  commitment: 'first-touch',
  subject: 'lead',
  rep: 'Luis Ortega',
  source: 'Webinar',
  now: { state: 'running', dueAt: now + hour },
  proposed: { state: 'at-risk', dueAt: now + hour / 2 },
} as const;

describe('the dry run', () => {
  const trial = (change: Partial<ProcedureServices> = {}) =>
    withState(
      { draft: draftWith(presetDocument({ version: 4 })) },
      {
        dryRun: vi
          .fn<ProcedureServices['dryRun']>()
          .mockResolvedValueOnce({ state: 'running', run: 'run', done: 20, total: 240 })
          .mockResolvedValue(finished),
        dryRunRows: vi.fn<ProcedureServices['dryRunRows']>(async () => ({
          rows: [row],
          names: { [row.lead]: 'Nora Vidal' },
        })),
        ...change,
      },
    );

  it('says what would turn at risk or overdue, attainment then and now, and opens a lead', async () => {
    const services = trial();
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Start the dry run' }));
    expect(
      await screen.findByText('Tried on 40 open leads, and on 200 that were handed over in the last 90 days.'),
    ).toBeTruthy();
    expect(services.dryRun).toHaveBeenNthCalledWith(1, { of: 'draft' });
    expect(services.dryRun).toHaveBeenNthCalledWith(2, { of: 'draft', run: 'run' });
    const byRep = screen.getByRole('region', { name: 'By rep' });
    expect(within(byRep).getByRole('row', { name: /Luis Ortega/ }).textContent).toContain('1 → 4');
    expect(within(byRep).getByRole('row', { name: /No owner/ }).textContent).toContain('90% (9 of 10) → 60% (6 of 10)');
    await user.click(await screen.findByRole('button', { name: 'Nora Vidal' }));
    expect(services.openLead).toHaveBeenCalledWith(row.lead);
    expect(screen.queryByRole('button', { name: /Apply/ })).toBeNull();
  });

  it('can be stopped, and a stopped one says so and shows nothing', async () => {
    const dryRun = vi
      .fn<ProcedureServices['dryRun']>()
      .mockResolvedValueOnce({ state: 'running', run: 'run', done: 20, total: 240 })
      .mockReturnValue(new Promise(() => {}));
    const services = trial({ dryRun });
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Start the dry run' }));
    await screen.findByText('20 of 240 leads');
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(services.cancelDryRun).toHaveBeenCalledWith({ run: 'run' });
    expect(screen.getByText('Stopped. Nothing was written.')).toBeTruthy();
  });

  it('applying uses the same list, after a second click, and a list that changed is refused', async () => {
    const applyToOpen = vi
      .fn<ProcedureServices['applyToOpen']>()
      .mockResolvedValueOnce({ ok: false, code: 'list-changed' })
      .mockResolvedValue({ ok: true, leads: 1 });
    const services = withState(
      {},
      {
        dryRun: vi.fn<ProcedureServices['dryRun']>(async () => finished),
        dryRunRows: vi.fn<ProcedureServices['dryRunRows']>(async () => ({ rows: [row], names: {} })),
        applyToOpen,
      },
    );
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Start the dry run' }));
    await user.click(await screen.findByRole('button', { name: 'Apply to 1 open lead' }));
    expect(applyToOpen).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    expect((await screen.findByRole('alert')).textContent).toContain('so nothing was applied');
    await user.click(screen.getByRole('button', { name: 'Apply to 1 open lead' }));
    await user.click(screen.getByRole('button', { name: 'Apply' }));
    expect(await screen.findByText('Applied to 1 lead.')).toBeTruthy();
    expect(applyToOpen).toHaveBeenLastCalledWith({ list: 'list' });
  });
});

describe('rolling out', () => {
  it('a file that is no agreement says what is wrong at which path; nothing is kept', async () => {
    const importDocument = vi.fn<ProcedureServices['importDocument']>(async () => ({
      ok: false,
      code: 'unreadable',
      issues: [{ path: ['management', 'atRisk'], code: 'x', params: {}, message: 'missing' }],
    }));
    const user = open(withState({}, { importDocument }));
    await user.upload(
      await screen.findByLabelText('Bring in an agreement'),
      new File(['{}'], 'a.json', { type: 'application/json' }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('management.atRisk: missing');
    expect(importDocument.mock.calls).toEqual([[{ text: '{}', keep: false }]]);
  });

  it('a good one is shown first and kept by a second click, with the signatures that do not count', async () => {
    const importDocument = vi.fn<ProcedureServices['importDocument']>(async () => ({
      ok: true,
      document: presetDocument({ version: 7 }),
      isSame: false,
      dropped: [{ by: 'Ana Ruiz', party: 'sales', why: 'not-named' }],
    }));
    const user = open(
      withState({}, { importDocument, givenLink: () => 'chrome-extension://x/options.html#agreement=abc' }),
    );
    expect(await screen.findByText(/It holds: .*version 7/)).toBeTruthy();
    expect(screen.getByText(/The signature of Ana Ruiz for Sales does not count/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Make it the draft' }));
    expect(await screen.findByText('It is the draft now.')).toBeTruthy();
    expect(importDocument).toHaveBeenLastCalledWith({
      text: 'chrome-extension://x/options.html#agreement=abc',
      keep: true,
    });
  });

  it('saves a file, copies a link, and says when it is too long for one', async () => {
    const exportDocument = vi
      .fn<ProcedureServices['exportDocument']>()
      .mockResolvedValueOnce({ ok: true, name: 'a-v1.json', text: '{}', link: 'link' })
      .mockResolvedValueOnce({ ok: true, name: 'a-v1.json', text: '{}', link: 'link' })
      .mockResolvedValue({ ok: true, name: 'a-v1.json', text: '{}', link: null });
    const services = withState({}, { exportDocument });
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Save as a file' }));
    await waitFor(() => expect(services.saveFile).toHaveBeenCalledWith('a-v1.json', '{}'));
    await user.click(screen.getByRole('button', { name: 'Copy a link' }));
    await waitFor(() => expect(services.copy).toHaveBeenCalledWith('link'));
    await user.click(screen.getByRole('button', { name: 'Copy a link' }));
    expect((await screen.findByRole('alert')).textContent).toContain('too long for a link');
  });

  const file = {
    name: 'relevo-chrome.reg',
    browser: 'chrome',
    system: 'windows',
    where: 'regedit',
    text: 'x',
  } as const;
  const policyFilesOf = (hosted: { name: string; text: string } | null = null) => ({
    policyFiles: vi.fn<ProcedureServices['policyFiles']>(async () => ({ ok: true, files: [file], hosted })),
  });
  const make = () => screen.getByRole('button', { name: 'Make the files' });

  it('makes the files of an administrator, with the agreement in the policy and what is locked at the own value', async () => {
    const services = withState({}, policyFilesOf());
    const user = open(services);
    await user.click(await screen.findByText('Files for an administrator'));
    await user.type(screen.getByLabelText(/CRMs \(optional\)/), 'https://crm.example.com/*{Enter}');
    expect(screen.queryByLabelText(/Your side|Your name|Whom you follow/)).toBeNull();
    await user.click(await screen.findByLabelText('Badge: Full'));
    await user.click(screen.getByLabelText('Agreement: nobody writes one'));
    await user.click(make());
    expect(services.policyFiles).toHaveBeenCalledWith({
      of: 'in-force',
      origins: ['https://crm.example.com/*'],
      locked: ['badge', 'agreement'],
    });
    await user.click(await screen.findByRole('button', { name: 'Chrome, Windows' }));
    expect(services.saveFile).toHaveBeenCalledWith('relevo-chrome.reg', 'x');
    // Another lock is another policy.
    await user.click(screen.getByLabelText('Reminders: Off'));
    expect(screen.queryByRole('button', { name: 'Chrome, Windows' })).toBeNull();
  });

  it('at an address it is one with https; the checksum is a choice, and the file for the address comes along', async () => {
    const services = withState({}, policyFilesOf({ name: 'team-v3.json', text: '{}' }));
    const user = open(services);
    await user.click(await screen.findByText('Files for an administrator'));
    await user.click(screen.getByRole('radio', { name: 'At an address' }));
    const url = screen.getByLabelText('Address of the agreement');
    await user.type(url, 'http://127.0.0.1/a.json');
    expect(screen.getByText('Write a whole address that begins with https://')).toBeTruthy();
    await user.click(make());
    expect(services.policyFiles).not.toHaveBeenCalled();
    await user.clear(url);
    await user.type(url, 'https://sla.example/a.json');
    await user.click(make());
    expect(services.policyFiles).toHaveBeenLastCalledWith({
      of: 'in-force',
      url: 'https://sla.example/a.json',
      pinned: false,
    });
    await user.click(screen.getByLabelText(/Accept this very file only/));
    await user.click(make());
    expect(services.policyFiles).toHaveBeenLastCalledWith({
      of: 'in-force',
      url: 'https://sla.example/a.json',
      pinned: true,
    });
    await user.click(await screen.findByRole('button', { name: 'Agreement' }));
    expect(services.saveFile).toHaveBeenCalledWith('team-v3.json', '{}');
  });

  it('at the team’s address it begins with the one that is named, and is checked as that one is', async () => {
    const team = { ...noTeam, url: 'https://sla.example/agreements/main' };
    const services = withState({ team }, policyFilesOf());
    const user = open(services);
    await user.click(await screen.findByText('Files for an administrator'));
    await user.click(screen.getByRole('radio', { name: "At the team's address" }));
    const part = screen.getByText('Files for an administrator').closest('details');
    if (!part) throw new Error('no such part');
    const url = within(part).getByLabelText<HTMLInputElement>('Address of your team’s agreement');
    expect(url.value).toBe(team.url);
    await user.click(make());
    expect(services.policyFiles).toHaveBeenLastCalledWith({ of: 'in-force', team: team.url });
    await user.clear(url);
    await user.type(url, 'https://ana:secret@sla.example/a');
    expect(within(part).getByText(/There is a name or a password in this address/)).toBeTruthy();
  });

  it('a CRM that browsers would ignore is named, with how it is written', async () => {
    const services = withState({}, policyFilesOf());
    const user = open(services);
    await user.click(await screen.findByText('Files for an administrator'));
    const origins = screen.getByLabelText(/CRMs \(optional\)/);
    await user.type(origins, 'crm.example.com{Enter}https://ok.example/*{Enter}https://b.example:8443/*');
    expect(
      screen.getByText(
        '“crm.example.com” would be ignored: write https://crm.example.com/*. “https://b.example:8443/*” would be ignored: write https://b.example/*.',
      ),
    ).toBeTruthy();
    await user.click(make());
    expect(services.policyFiles).not.toHaveBeenCalled();
  });

  it('warns of what both sides have not signed: a policy asks for no signature', async () => {
    const document = presetDocument({ version: 4, effectiveFrom: monday });
    const versions = [{ document, source: 'sync', stage: 'approved', isSigned: true, acknowledged: [] }] as const;
    const user = open(withState({ versions, draft: draftWith(document), source: 'built-in' }));
    await user.click(await screen.findByText('Files for an administrator'));
    expect(screen.queryByText(/Both sides have not signed this version/)).toBeNull();
    const passedOn = screen.getByRole('radiogroup', { name: 'What is passed on' });
    await user.click(within(passedOn).getByRole('radio', { name: 'The draft' }));
    expect(screen.getByText(/Both sides have not signed this version/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: "At the team's address" }));
    expect(screen.queryByText(/Both sides have not signed this version/)).toBeNull();
  });
});
