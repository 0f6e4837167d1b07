// @vitest-environment happy-dom
/** What the panel tells of a lead: the hand-off, automatic flags with their way out, escalation, and the facts in words. */
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { factWords } from '../../../components/panel/fact-words';
import { PanelApp } from '../../../components/panel/panel-app';
import { defaultTerms } from '../../../lib/agreement/defaults';
import type { Fact, FactContent } from '../../../lib/lead/facts';
import type { QualityFlag } from '../../../lib/lead/quality-rules';
import type { PanelWork } from '../../../lib/messages/acts';
import { speak } from '../support/i18n';
import { now, panelReply, panelServices, today, workWith } from './support';

async function open(change: Partial<PanelWork>) {
  const reply = panelReply([], { work: workWith(change) });
  const services = panelServices(async () => reply);
  render(<PanelApp services={services} />);
  await screen.findByRole('heading', { level: 1 });
  return { services, user: userEvent.setup() };
}

beforeEach(() => speak('en'));

const speech = { reasons: defaultTerms.taxonomy.reasons, sides: { marketing: {}, sales: {} }, now };
const until = today(18);

describe('a fact in words', () => {
  it.each([
    [{ kind: 'hand-off' }, 'Handed over to Sales', 'Traspasado a Ventas'],
    [{ kind: 'touch', channel: 'call' }, 'Touch: call', 'Contacto: llamada'],
    [
      { kind: 'touch', channel: 'meeting', direction: 'inbound' },
      'Touch that the lead began: meeting',
      'Contacto iniciado por el lead: reunión',
    ],
    [{ kind: 'inbound', channel: 'email' }, 'The lead got in touch: email', 'El lead se puso en contacto: correo'],
    [{ kind: 'verdict', verdict: 'accepted' }, 'Accepted', 'Aceptado'],
    [
      { kind: 'verdict', verdict: 'rejected', reason: 'fit', detail: 'industry' },
      'Rejected: Not our kind of customer (industry)',
      'Rechazado: No es nuestro tipo de cliente (sector)',
    ],
    [{ kind: 'verdict', verdict: 'rejected', reason: 'Junk' }, 'Rejected: Junk', 'Rechazado: Junk'],
    [{ kind: 'verdict', verdict: 'recycled', until }, 'Recycled until today 18:00', 'Reciclado hasta hoy 18:00'],
    [
      { kind: 'verdict', verdict: 'recycled', until, reason: 'timing' },
      'Recycled until today 18:00: Not now',
      'Reciclado hasta hoy 18:00: Ahora no',
    ],
    [
      { kind: 'flag', axis: 'readiness', reason: 'data', detail: 'phone' },
      'Flagged, readiness: Missing or wrong data (phone)',
      'Señalado por madurez: Datos que faltan o son erróneos (teléfono)',
    ],
    [{ kind: 'flag', reason: 'spam' }, 'Flagged: Spam', 'Señalado: Correo no deseado'],
    [{ kind: 'flag-answer', answers: 'x', answer: 'agreed' }, 'Answered: agreed', 'Respuesta: de acuerdo'],
    [
      { kind: 'flag-answer', answers: 'x', answer: 'disputed', reason: 'no' },
      'Answered: disputed, no',
      'Respuesta: en desacuerdo, no',
    ],
    [{ kind: 'readiness', value: 'ready' }, 'Readiness: Ready for sales', 'Madurez: Listo para ventas'],
    [{ kind: 'pause', reason: 'holiday' }, 'Paused: holiday', 'En pausa: holiday'],
    [
      { kind: 'pause', reason: 'holiday', until },
      'Paused until today 18:00: holiday',
      'En pausa hasta hoy 18:00: holiday',
    ],
    [{ kind: 'resume' }, 'Resumed', 'Reanudado'],
    [{ kind: 'blocked', by: 'sales', needs: 'a price' }, 'Blocked, needs: a price', 'Bloqueado, necesita: a price'],
    [{ kind: 'unblocked' }, 'Unblocked', 'Desbloqueado'],
    [{ kind: 'unblocked', answer: 'sent' }, 'Unblocked: sent', 'Desbloqueado: sent'],
    [{ kind: 'reassignment', owner: 'Eva' }, 'Assigned to Eva', 'Asignado a Eva'],
    [{ kind: 'tier-change', tier: 'A' }, 'Tier: A', 'Nivel: A'],
    [{ kind: 'disposition', outcome: 'won' }, 'Won', 'Ganado'],
    [{ kind: 'reopen' }, 'Reopened', 'Reabierto'],
    [{ kind: 'note', text: 'Hi' }, 'Note: Hi', 'Nota: Hi'],
    [
      { kind: 'dismissal', rule: 'phone', reason: 'a landline' },
      'Automatic flag does not hold: a landline',
      'El aviso automático no procede: a landline',
    ],
    [{ kind: 'retraction', replaces: 'x' }, 'Taken back', 'Deshecho'],
    [{ kind: 'acknowledgement', version: 3 }, 'Agreement version 3 acknowledged', 'Leída la versión 3 del acuerdo'],
    [
      { kind: 'approval', version: 3, hash: 'abc' },
      'Agreement version 3 approved',
      'Aprobada la versión 3 del acuerdo',
    ],
    [{ kind: 'agreement-applied', version: 3 }, 'Agreement version 3 applied', 'Aplicada la versión 3 del acuerdo'],
  ] as const satisfies readonly (readonly [FactContent, string, string])[])('%o', (content, en, es) => {
    expect(factWords(content, speech)).toBe(en);
    speak('es');
    expect(factWords(content, speech)).toBe(es);
  });
});

describe('the timeline', () => {
  const base = { lead: 'k', author: 'crm:espocrm', evidence: 'crm-field' } as const;
  const facts: readonly Fact[] = [
    {
      ...base,
      id: 'f3',
      at: today(16, 20),
      kind: 'note',
      text: '<i>Eva</i>',
      author: '<b>Luis</b>',
      party: 'sales',
      evidence: 'person',
      replaces: 'f0',
    },
    {
      ...base,
      id: 'f2',
      at: today(15),
      earliest: today(12),
      kind: 'verdict',
      verdict: 'accepted',
      evidence: 'crm-status',
    },
    { ...base, id: 'f1', at: today(13, 30), kind: 'hand-off' },
  ];
  const told = () =>
    within(screen.getByRole('region', { name: 'What happened' }))
      .getAllByRole('listitem')
      .map((item) => Array.from(item.children, (line) => line.textContent));

  it('says what, when, who, for which side and how we know; a correction as such; markup as text', async () => {
    await open({ facts });
    expect(told()).toEqual([
      ['Note: <i>Eva</i>', 'today 16:20 · <b>Luis</b>, Sales · said by a person · correction'],
      ['Accepted', 'between today 12:00 and today 15:00 · EspoCRM · CRM status'],
      ['Handed over to Sales', 'today 13:30 · EspoCRM · CRM field'],
    ]);
  });

  it('gives the whole instant on hover and to machines', async () => {
    await open({ facts });
    const time = within(screen.getByRole('region', { name: 'What happened' })).getByText('today 16:20');
    expect(time.getAttribute('datetime')).toBe(new Date(today(16, 20)).toISOString());
    expect(time.title).toContain('Thursday, March 12, 2026');
  });

  it('shows ten and says how many older ones there are', async () => {
    const many = Array.from({ length: 13 }, (_, index): Fact => ({
      ...base,
      id: `f${index}`,
      at: today(9) - index,
      kind: 'note',
      text: `${index}`,
    }));
    const { user } = await open({ facts: many, olderFacts: 40 });
    expect(told()).toHaveLength(10);
    await user.click(screen.getByRole('button', { name: 'Show 3 older entries' }));
    expect(told()).toHaveLength(13);
    expect(screen.getByText('40 older entries are not shown.')).toBeTruthy();
  });

  it('says so where nothing is recorded', async () => {
    await open({});
    expect(screen.getByText('Nothing is recorded yet.')).toBeTruthy();
  });
});

describe('the hand-off card', () => {
  const rows = () =>
    Array.from(screen.getByRole('region', { name: /^Hand-off/ }).querySelectorAll('dl > div'), (row) =>
      Array.from(row.children, ({ textContent }) => textContent),
    );

  it('says where it came from, what it is, why it was passed and what is missing', async () => {
    await open({
      handOff: {
        at: today(13, 30),
        source: 'Web form',
        campaign: 'Spring',
        stage: 'touched',
        statusLabel: 'Nuevo',
        persona: 'Operations',
        why: 'Asked for prices',
        missing: ['phone', 'region'],
      },
    });
    expect(screen.getByRole('region', { name: 'Hand-off today 13:30' })).toBeTruthy();
    expect(rows()).toEqual([
      ['Source', 'Web form'],
      ['Campaign', 'Spring'],
      ['Stage', 'Contacted'],
      ['Persona', 'Operations'],
      ['Why it was passed', 'Asked for prices'],
      ['Missing', 'phone and region'],
    ]);
  });

  it('says what is not known, too', async () => {
    await open({});
    expect(rows().map(([, value]) => value)).toEqual([
      'Not shown',
      'Not shown',
      'Not shown',
      'Not shown',
      'Marketing did not say',
      'Nothing that was agreed',
    ]);
  });
});

describe('an automatic flag', () => {
  const flag: QualityFlag = {
    rule: 'free-mail',
    kind: 'free-mail',
    axis: 'readiness',
    field: 'email',
    what: { code: 'free-mail', domain: 'mail.example' },
    todo: 'free-mail',
    dismissAs: 'free-mail#1',
  };
  const offers: PanelWork['offers'] = [{ do: 'dismiss', refusal: null }];

  it('says what it found, what to do and which rule it is', async () => {
    await open({ flags: [flag], offers });
    const region = screen.getByRole('region', { name: 'What the rules find' });
    expect(
      within(region)
        .getAllByRole('paragraph')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Private mail address (mail.example)',
      'Ask for an address at the company.',
      'Rule: work address · readiness',
    ]);
  });

  it('is dismissed with a reason', async () => {
    const { services, user } = await open({ flags: [flag], offers });
    await user.click(screen.getByRole('button', { name: 'Does not hold: Private mail address (mail.example)' }));
    const form = screen.getByRole('form', { name: 'This flag does not hold' });
    await user.keyboard('{Enter}');
    expect(within(form).getByRole('alert').textContent).toBe('Say why it does not hold.');
    await user.keyboard('one-person company{Enter}');
    expect(services.act.mock.calls[0]?.[0].act).toEqual({
      do: 'dismiss',
      rule: 'free-mail#1',
      reason: 'one-person company',
    });
  });

  it('of a duplicate leads to the others: a link where their page is known, the name alone where not', async () => {
    const duplicate: QualityFlag = {
      rule: 'duplicate',
      kind: 'duplicate',
      axis: 'fit',
      what: { code: 'duplicate', by: 'email', leads: ['a', 'b'], count: 2 },
      todo: 'duplicate',
      dismissAs: 'duplicate#1',
    };
    const alike = [
      { lead: 'a', name: '<b>Ana</b>', url: 'https://crm.example/leads/2' },
      { lead: 'b', name: 'Ana M.', url: null },
      { lead: 'c', name: 'Of another flag', url: null },
    ];
    await open({ flags: [duplicate], alike });
    const others = screen.getByRole('list', { name: 'Leads that may be the same' });
    expect(
      within(others)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['<b>Ana</b>', 'Ana M.']);
    const links = within(others).getAllByRole('link');
    expect(links.map((link) => [link.getAttribute('href'), link.getAttribute('rel')])).toEqual([
      ['https://crm.example/leads/2', 'noopener noreferrer'],
    ]);
  });

  it('has no way out for whom the worker offers none', async () => {
    await open({ flags: [flag] });
    expect(screen.queryByRole('button', { name: /^Does not hold/ })).toBeNull();
  });
});

describe('escalation', () => {
  const level = { level: 'overdue-manager', on: 'overdue', since: today(16, 30) } as const;
  it.each([
    [{ role: 'manager', name: null }, 'Overdue, so the manager was told: today 16:30'],
    [{ role: 'marketing', name: null }, 'Overdue, so Marketing was told: today 16:30'],
    [{ role: 'owner', name: 'Luis' }, 'Overdue, so the owner (Luis) was told: today 16:30'],
    [{ role: 'named', name: 'Eva' }, 'Overdue, so Eva was told: today 16:30'],
  ] as const)('%o', async (to, words) => {
    await open({ escalated: { ...level, to } });
    expect(screen.getByText(words)).toBeTruthy();
  });
});
