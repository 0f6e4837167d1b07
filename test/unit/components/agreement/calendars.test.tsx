// @vitest-environment happy-dom
/** Calendars in the editor: the week by mouse and keyboard, exact hours, zones, holidays from a file and a list, exceptions. */
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../agreement/build';
import { speak } from '../../support/i18n';
import { editorServices, fastDraft, openEditor, saved, type FakeServices } from './support';

beforeEach(() => speak('en'));
afterEach(cleanup);

async function openHours(change: (draft: Draft) => void = () => {}) {
  const services = editorServices({ draft: fastDraft(change) });
  const user = openEditor(services);
  const parts = await screen.findByRole('navigation', { name: 'Parts of the agreement' });
  await user.click(within(parts).getByRole('button', { name: /^Working hours/ }));
  return { services, user };
}

/** The calendar as it is saved once the page goes. */
function office(services: FakeServices): Draft {
  act(() => void window.dispatchEvent(new Event('pagehide')));
  return saved(services)['services'].availability.calendars.office;
}

const cell = (day: number, slot: number) => document.querySelector<HTMLElement>(`[data-cell="${day}-${slot}"]`)!;

describe('the week grid', () => {
  it('says day, time and state of each half-hour, under the heads of its day and hour', async () => {
    await openHours();
    const grid = screen.getByRole('grid', { name: 'Opening hours of the week' });
    expect(within(grid).getAllByRole('row')).toHaveLength(8);
    expect(within(grid).getByRole('rowheader', { name: 'Mon' })).toBeTruthy();
    expect(cell(0, 18).getAttribute('aria-label')).toBe('Monday, 09:00 to 09:30: open');
    expect(cell(0, 18).getAttribute('aria-selected')).toBe('true');
    expect(cell(5, 18).getAttribute('aria-label')).toBe('Saturday, 09:00 to 09:30: closed');
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  });

  it('arrows move, Space toggles, and Shift goes on with what was toggled', async () => {
    const { services, user } = await openHours();
    cell(0, 18).focus();
    await user.keyboard('{ArrowUp}{ArrowDown}{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement).toBe(cell(1, 16));
    await user.keyboard(' {Shift>}{ArrowRight}{/Shift}');
    expect(cell(1, 16).getAttribute('aria-label')).toBe('Tuesday, 08:00 to 08:30: open');
    expect(office(services)['weekly'].tue).toEqual([['08:00', '18:00']]);
    await user.keyboard('{Home}');
    expect(document.activeElement).toBe(cell(1, 0));
    await user.keyboard('{End}{ArrowRight}');
    expect(document.activeElement).toBe(cell(1, 47));
  });

  it('a press and a move draw over days and times, and are one step back', async () => {
    const { services, user } = await openHours();
    fireEvent.pointerDown(cell(5, 20), { button: 0, pointerId: 1 });
    fireEvent.pointerEnter(cell(6, 23));
    expect(services.saveDraft).not.toHaveBeenCalled();
    fireEvent.pointerUp(window);
    expect(office(services)['weekly']).toMatchObject({ sat: [['10:00', '12:00']], sun: [['10:00', '12:00']] });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(office(services)['weekly'].sat).toBeUndefined();
  });

  it('breaks are drawn of their own, and heard in the cell', async () => {
    const { services, user } = await openHours();
    await user.click(screen.getByRole('radio', { name: 'Breaks' }));
    cell(0, 27).focus();
    await user.keyboard(' ');
    expect(cell(0, 27).getAttribute('aria-label')).toBe('Monday, 13:30 to 14:00: break');
    expect(office(services)['breaks']).toEqual({ mon: [['13:30', '14:00']] });
    await user.keyboard(' ');
    expect(office(services)['breaks']).toBeUndefined();
  });
});

describe('exact hours and the zone', () => {
  it('hours that are on no half-hour are typed, and what can’t be read is said and changes nothing', async () => {
    const { services } = await openHours();
    const monday = screen.getByLabelText('Monday');
    fireEvent.change(monday, { target: { value: '8:45-13, 14:00-17:10' } });
    expect(office(services)['weekly'].mon).toEqual([
      ['08:45', '13:00'],
      ['14:00', '17:10'],
    ]);
    fireEvent.change(monday, { target: { value: '8:45-13, 14' } });
    expect(screen.getByText(/Write times like 09:00–13:00/)).toBeTruthy();
    expect(monday.getAttribute('aria-invalid')).toBe('true');
    expect(office(services)['weekly'].mon).toHaveLength(2);
  });

  it('a calendar that never opens is refused where it is', async () => {
    await openHours((draft) => (draft['services'].availability.calendars.office.weekly = {}));
    const part = screen.getByRole('region', { name: 'Working hours' });
    expect(within(part).getByText(/This calendar never opens/)).toBeTruthy();
  });

  it('a named zone takes the place of the reader’s own', async () => {
    const { services, user } = await openHours();
    await user.selectOptions(screen.getByLabelText('Time zone'), 'Asia/Tokyo');
    expect(office(services)['timeZone']).toBe('Asia/Tokyo');
  });

  it('a calendar that rules count in can’t be removed, a new one can', async () => {
    const { services, user } = await openHours();
    expect(screen.getByText(/Rules count in this calendar/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Add a calendar' }));
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(saved(services)['services'].availability.calendars.calendar).toMatchObject({ timeZone: 'Europe/Madrid' });
    await user.click(screen.getByRole('button', { name: 'Remove New calendar' }));
    await waitFor(() => expect(screen.queryByRole('radio', { name: 'New calendar' })).toBeNull());
  });
});

describe('holidays', () => {
  const ics = (...entries: readonly string[]): File =>
    new File([['BEGIN:VCALENDAR', ...entries, 'END:VCALENDAR'].join('\r\n')], 'holidays.ics', {
      type: 'text/calendar',
    });

  it('a file is shown before it is taken, and its broken entries are told by line', async () => {
    const { services, user } = await openHours();
    const file = ics(
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20260106',
      'SUMMARY:Reyes',
      'RRULE:FREQ=YEARLY',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'SUMMARY:none',
      'END:VEVENT',
    );
    await user.upload(screen.getByLabelText('From an iCalendar file (.ics)'), file);
    expect(await screen.findByText('4 closed days found from 2026 to 2029')).toBeTruthy();
    expect(screen.getByText(/Line 7 This entry has no start/)).toBeTruthy();
    expect(services.saveDraft).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Add these days' }));
    expect(office(services)['holidays']).toEqual(['2026-01-06', '2027-01-06', '2028-01-06', '2029-01-06']);
    expect(screen.getByText('Added: 4 days')).toBeTruthy();
  });

  it('a country’s list is loaded when it is asked for', async () => {
    const { services, user } = await openHours();
    await user.click(screen.getByRole('button', { name: "From a country's list" }));
    await user.selectOptions(await screen.findByLabelText('Country', undefined, { timeout: 10_000 }), 'ES');
    await user.selectOptions(screen.getByLabelText('Region'), 'MD');
    await user.click(screen.getByRole('button', { name: 'Add 2026 to 2028' }));
    const days: string[] = office(services)['holidays'];
    expect(days).toEqual(expect.arrayContaining(['2026-01-01', '2026-05-02', '2027-12-25', '2028-10-12']));
  });

  it('one day is added by hand, and taken away again', async () => {
    const { services, user } = await openHours();
    const part = screen.getByRole('region', { name: 'Holidays' });
    fireEvent.change(within(part).getByLabelText('Date'), { target: { value: '2026-12-24' } });
    await user.click(within(part).getByRole('button', { name: 'Add this day' }));
    expect(office(services)['holidays']).toEqual(['2026-12-24']);
    await user.click(within(part).getByRole('button', { name: /^Remove Thu, / }));
    expect(office(services)['holidays']).toBeUndefined();
  });

  it('an exception has hours of its own', async () => {
    const { services, user } = await openHours();
    const part = screen.getByRole('region', { name: 'Exceptions' });
    fireEvent.change(within(part).getByLabelText('Date'), { target: { value: '2026-12-24' } });
    await user.click(within(part).getByRole('button', { name: 'Add hours for this day' }));
    fireEvent.change(within(part).getByLabelText(/^Thu, /), { target: { value: '9-13' } });
    expect(office(services)['exceptions']).toEqual({ '2026-12-24': [['09:00', '13:00']] });
  });
});
