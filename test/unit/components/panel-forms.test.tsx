// @vitest-environment happy-dom
/** Each form of the panel: what it asks, what it says is missing, and the act that it sends. */
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { PanelApp } from '../../../components/panel/panel-app';
import type { Fact } from '../../../lib/lead/facts';
import type { Act, ActName, PanelWork } from '../../../lib/messages/acts';
import { speak, type Language } from '../support/i18n';
import { hour, now, panelReply, panelServices, today, workWith } from './support';

const all: readonly ActName[] = ['reject', 'recycle', 'touch', 'pause', 'block', 'flag', 'answer', 'readiness', 'note'];

/** Opens the form of a key. */
async function form(key: string, change: Partial<PanelWork> = {}, language: Language = 'en') {
  speak(language);
  const offers = all.map((name) => ({ do: name, refusal: null }));
  const reply = panelReply([], { work: workWith({ offers, ...change }) });
  const services = panelServices(async () => reply);
  render(<PanelApp services={services} />);
  await screen.findByRole('heading', { level: 1 });
  const user = userEvent.setup();
  await user.keyboard(key);
  const opened = screen.getByRole('form');
  const submit = () => user.click(opened.querySelector('button[type="submit"]') as HTMLElement);
  return {
    services,
    user,
    opened,
    submit,
    choose: (name: string) => user.click(within(opened).getByRole('radio', { name })),
    /** Sends it, and says what it complains about. */
    complaint: async () => {
      await submit();
      return within(opened).getByRole('alert').textContent;
    },
    sent: (): Act | undefined => services.act.mock.calls.at(-1)?.[0].act,
  };
}

const group = (opened: HTMLElement, name: string) =>
  within(within(opened).getByRole('radiogroup', { name }))
    .getAllByRole('radio')
    .map((radio) => radio.closest('label')?.textContent);

beforeEach(() => speak('en'));

describe('reject', () => {
  it('offers the taxonomy’s reasons for a rejection, and none that is retired', async () => {
    const reasons = [
      { id: 'old', label: { en: 'Old', es: 'Viejo' }, axis: 'fit', for: ['reject'], retired: {} },
      { id: 'flag-only', axis: 'fit', for: ['flag'] },
      { id: 'budget', label: { en: 'No budget', es: 'Sin presupuesto' }, axis: 'fit', for: ['reject'] },
    ] satisfies PanelWork['reasons'];
    const { opened } = await form('r', { reasons });
    expect(group(opened, 'Reason')).toEqual(['No budget']);
  });

  it('sends a plain reason', async () => {
    const { choose, submit, sent } = await form('r');
    await choose('Competitor');
    await submit();
    expect(sent()).toEqual({ do: 'reject', reason: 'competitor' });
  });

  it('asks which, for fit, and does not send without it', async () => {
    const { opened, choose, complaint, submit, sent, services } = await form('r');
    expect(await complaint()).toBe('Choose a reason.');
    await choose('Not our kind of customer');
    expect(await complaint()).toBe('Say which one.');
    expect(services.act).not.toHaveBeenCalled();
    expect(group(opened, 'Which one')).toEqual(['industry', 'size', 'region', 'role']);
    await choose('industry');
    await submit();
    expect(sent()).toEqual({ do: 'reject', reason: 'fit', detail: 'industry' });
    expect(await screen.findByText('Rejected: Not our kind of customer (industry)')).toBeTruthy();
  });

  it('asks which field, for data; another reason asks anew', async () => {
    const { opened, choose, complaint, submit, sent } = await form('r');
    await choose('Missing or wrong data');
    expect(await complaint()).toBe('Say which field.');
    await choose('phone');
    await choose('Spam');
    expect(within(opened).queryByRole('radiogroup', { name: 'Which field' })).toBeNull();
    await submit();
    expect(sent()).toEqual({ do: 'reject', reason: 'spam' });
  });

  it('keeps unreachable closed until the agreed attempts, and says how many there were', async () => {
    const { opened } = await form('r', { attempts: { made: 2, agreed: 3 } });
    const closed = within(opened).getByRole('radio', { name: 'Unreachable 2 of 3 attempts' });
    expect((closed as HTMLInputElement).disabled).toBe(true);
    expect(within(opened).getByText('Unreachable: 2 of 3 attempts')).toBeTruthy();
  });

  it('opens unreachable after them', async () => {
    const { choose, submit, sent } = await form('r', { attempts: { made: 3, agreed: 3 } });
    await choose('Unreachable');
    await submit();
    expect(sent()).toEqual({ do: 'reject', reason: 'unreachable' });
  });

  it('is in Spanish', async () => {
    const { opened, choose, complaint } = await form('r', {}, 'es');
    expect(opened.getAttribute('aria-label')).toBe('Rechazar este lead');
    await choose('Datos que faltan o son erróneos');
    expect(await complaint()).toBe('Di qué campo.');
  });

  it('asks in free words where the agreement names no options', async () => {
    const reasons = [
      { id: 'else', label: { en: 'Something else', es: 'Otra cosa' }, axis: 'fit', for: ['reject'], asks: 'which' },
    ] satisfies PanelWork['reasons'];
    const { opened, choose, user, sent } = await form('r', { reasons });
    await choose('Something else');
    await user.type(within(opened).getByRole('textbox', { name: 'Which one' }), ' No shop {Enter}');
    expect(sent()).toEqual({ do: 'reject', reason: 'else', detail: 'No shop' });
  });
});

describe('recycle', () => {
  it('asks for a date ahead and says how often it was done', async () => {
    const { opened, choose, complaint, submit, sent } = await form('c', { recycles: { done: 1, agreed: 2 } });
    expect(opened.textContent).toContain('Recycled so far: 1 of 2 times.');
    expect(await complaint()).toBe('Choose a time that lies ahead.');
    await choose('in 1 month · Apr 12');
    await submit();
    expect(sent()).toEqual({ do: 'recycle', until: new Date(2026, 3, 12, 9).getTime() });
  });

  it('takes any other instant, but none that has passed', async () => {
    const { opened, choose, complaint, submit, sent } = await form('c');
    await choose('Another time');
    const field = within(opened).getByLabelText('Day and time');
    fireEvent.change(field, { target: { value: '2026-03-11T09:00' } });
    expect(await complaint()).toBe('Choose a time that lies ahead.');
    fireEvent.change(field, { target: { value: '2026-06-01T10:30' } });
    await submit();
    expect(sent()).toEqual({ do: 'recycle', until: new Date(2026, 5, 1, 10, 30).getTime() });
  });
});

describe('log a touch', () => {
  it('asks how; outbound and now are assumed', async () => {
    const { choose, complaint, submit, sent } = await form('t');
    expect(await complaint()).toBe('Say how you made contact.');
    await choose('call');
    await submit();
    expect(sent()).toEqual({ do: 'touch', channel: 'call', direction: 'outbound' });
    expect(await screen.findByText('Touch: call')).toBeTruthy();
  });

  it('takes who began it, and an instant that has passed', async () => {
    const { opened, choose, submit, sent } = await form('t');
    await choose('email');
    await choose('the lead did');
    await choose('1 hour ago');
    await submit();
    expect(sent()).toEqual({ do: 'touch', channel: 'email', direction: 'inbound', at: now - hour });
    expect(opened.isConnected).toBe(false);
  });

  it('takes none that lies ahead', async () => {
    const { opened, choose, complaint } = await form('t');
    await choose('visit');
    await choose('Another time');
    fireEvent.change(within(opened).getByLabelText('Day and time'), { target: { value: '2026-03-12T18:00' } });
    expect(await complaint()).toBe('Choose a time that has passed.');
  });
});

describe('pause', () => {
  it('needs a reason; the end is optional', async () => {
    const { opened, complaint, user, sent } = await form('p');
    expect(await complaint()).toBe('Say why it is paused.');
    await user.type(within(opened).getByRole('textbox', { name: 'Why' }), 'waiting for documents{Enter}');
    expect(sent()).toEqual({ do: 'pause', reason: 'waiting for documents' });
  });

  it('takes an end', async () => {
    const { opened, choose, user, submit, sent } = await form('p');
    await user.type(within(opened).getByRole('textbox', { name: 'Why' }), 'holiday');
    await choose('tomorrow 09:00');
    await submit();
    expect(sent()).toEqual({ do: 'pause', reason: 'holiday', until: new Date(2026, 2, 13, 9).getTime() });
  });
});

describe('own words', () => {
  it('“I’m blocked” says what is needed', async () => {
    const { opened, complaint, user, sent } = await form('b');
    expect(await complaint()).toBe('Say what you need.');
    await user.type(within(opened).getByRole('textbox'), 'the contract from marketing{Enter}');
    expect(sent()).toEqual({ do: 'block', needs: 'the contract from marketing' });
  });

  it('unblock may say nothing', async () => {
    const { submit, sent } = await form('b', { side: 'marketing', offers: [{ do: 'unblock', refusal: null }] });
    await submit();
    expect(sent()).toEqual({ do: 'unblock' });
  });

  it('a note is of several lines and never markup', async () => {
    const { opened, complaint, user, submit, sent } = await form('n');
    expect(await complaint()).toBe('Write the note first.');
    await user.type(within(opened).getByRole('textbox'), 'One{Enter}<b>Two</b>');
    await submit();
    expect(sent()).toEqual({ do: 'note', text: 'One\n<b>Two</b>' });
    expect((await screen.findByText(/^Note: One/, { selector: 'p' })).children).toHaveLength(0);
  });
});

describe('flag', () => {
  it('keeps the two axes apart', async () => {
    const { opened, choose, submit, sent } = await form('f');
    expect(group(opened, 'Reason')).toContain('Competitor');
    await choose('readiness');
    expect(group(opened, 'Reason')).toEqual(['No interest or need', 'Not now', 'Missing or wrong data']);
    await choose('Missing or wrong data');
    await choose('phone');
    await submit();
    expect(sent()).toEqual({ do: 'flag', axis: 'readiness', reason: 'data', detail: 'phone' });
  });
});

describe('answer', () => {
  const base = { lead: 'k', author: 'Luis Ortega', party: 'sales', evidence: 'person' } as const;
  const facts: readonly Fact[] = [
    { ...base, id: 'a4', at: today(16, 10), kind: 'flag-answer', answers: 'a1', answer: 'fixed' },
    { ...base, id: 'a3', at: today(16), kind: 'verdict', verdict: 'rejected', reason: 'timing' },
    { ...base, id: 'a2', at: today(15), kind: 'flag', axis: 'readiness', reason: 'data', detail: 'email', data: true },
    { ...base, id: 'a1', at: today(14), kind: 'flag', axis: 'fit', reason: 'spam' },
  ];

  it('lists what nobody has answered, the newest chosen', async () => {
    const { opened, choose, complaint, submit, sent } = await form('w', { facts });
    expect(group(opened, 'To what')).toEqual([
      'Rejected: Not now today 16:00',
      'Flagged, readiness: Missing or wrong data (email) today 15:00',
    ]);
    expect(await complaint()).toBe('Choose an answer.');
    await choose('Flagged, readiness: Missing or wrong data (email) today 15:00');
    await choose('fixed');
    await submit();
    expect(sent()).toEqual({ do: 'answer', fact: 'a2', answer: 'fixed' });
  });

  it('disputes only with a reason', async () => {
    const { opened, choose, complaint, user, sent } = await form('w', { facts });
    await choose('I disagree');
    expect(await complaint()).toBe('Say why you disagree.');
    await user.type(within(opened).getByRole('textbox', { name: 'Why you disagree' }), 'They asked today{Enter}');
    expect(sent()).toEqual({ do: 'answer', fact: 'a3', answer: 'disputed', reason: 'They asked today' });
  });

  it('says so where there is nothing to answer', async () => {
    const { complaint } = await form('w');
    expect(await complaint()).toBe('There is nothing to answer here.');
  });
});

describe('readiness', () => {
  it('is one of three', async () => {
    const { opened, choose, complaint, submit, sent } = await form('y');
    expect(group(opened, 'The lead')).toEqual(['Needs nurturing', 'Needs data', 'Ready for sales']);
    expect(await complaint()).toBe('Say how ready it is.');
    await choose('Needs nurturing');
    await submit();
    expect(sent()).toEqual({ do: 'readiness', value: 'needs-nurturing' });
  });
});

describe('snooze', () => {
  it('silences reminders only, and says until when', async () => {
    const { opened, submit, services } = await form('s');
    expect(opened.textContent).toContain('The clocks go on.');
    await submit();
    expect(services.snooze).toHaveBeenCalledWith(['crm|https://crm.example.com|Lead|1'], now + hour);
    expect(services.act).not.toHaveBeenCalled();
    expect((await screen.findByText(/reminders are silent until/)).textContent).toBe(
      'Your reminders are silent until today 17:40.',
    );
  });

  it('can be ended', async () => {
    const { opened, user, services } = await form('s', { snoozedUntil: today(18) });
    expect(opened.textContent).toContain('Your reminders are silent until today 18:00.');
    await user.click(within(opened).getByRole('button', { name: 'Wake them' }));
    expect(services.snooze).toHaveBeenCalledWith(['crm|https://crm.example.com|Lead|1'], null);
  });
});
