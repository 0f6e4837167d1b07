// @vitest-environment happy-dom
/** The person's own settings, and the screen of the data. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Data, bytesWords } from '../../../components/data/data';
import { fileName } from '../../../components/data/exporting';
import type { DataServices } from '../../../components/data/services';
import { stretchesOf, takeFile } from '../../../components/data/take-file';
import type { OptionsServices } from '../../../components/options/services';
import type { YouServices } from '../../../components/you/services';
import { You } from '../../../components/you/you';
import type { ImportResult } from '../../../lib/ledger/import';
import type { LedgerInfo } from '../../../lib/messages/ledger';
import type { FileSink } from '../../../lib/platform/save-file';
import { speak } from '../support/i18n';
import { dataServices, lucia, youServices } from './sections-support';

beforeEach(() => speak('en'));
afterEach(cleanup);

const openYou = (services: YouServices) => {
  render(<You services={{ you: services } as OptionsServices} />);
  return userEvent.setup();
};
const openData = (services: DataServices) => {
  render(<Data services={{ data: services } as OptionsServices} />);
  return userEvent.setup();
};

describe('you', () => {
  it('keeps each change at once and says so', async () => {
    const services = youServices();
    const user = openYou(services);
    await user.click(await screen.findByRole('radio', { name: 'Sales' }));
    expect(services.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, side: 'sales' } });
    expect(await screen.findByText(/^Saved /)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Quiet' }));
    expect(services.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, side: 'sales', badge: 'quiet' } });
    await user.click(screen.getByRole('checkbox', { name: 'Marketing' }));
    expect(services.savePerson).toHaveBeenLastCalledWith({
      person: { ...lucia, side: 'sales', badge: 'quiet', follows: ['marketing'] },
    });
  });

  it('a name is kept when the field is left, an empty one is none, and the CRM offers its own', async () => {
    const services = youServices({
      viewers: vi.fn<YouServices['viewers']>(async () => [{ origin: 'https://crm.example.com', name: 'L. Gil' }]),
    });
    const user = openYou(services);
    const field = await screen.findByLabelText('Your name');
    await user.clear(field);
    await user.tab();
    const { name: _name, ...nameless } = lucia;
    expect(services.savePerson).toHaveBeenLastCalledWith({ person: nameless });
    await user.click(await screen.findByRole('button', { name: 'L. Gil' }));
    expect(services.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, name: 'L. Gil' } });
  });

  it('what could not be kept is said, and what is stored shows again', async () => {
    const services = youServices({ savePerson: vi.fn<YouServices['savePerson']>(async () => ({ ok: false })) });
    const user = openYou(services);
    await user.click(await screen.findByRole('radio', { name: 'Sales' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Not saved');
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Marketing' }).checked).toBe(true));
  });

  it('reminders ask for the permission at the click; refused, they stay off and it is said', async () => {
    const allowNotices = vi.fn<YouServices['allowNotices']>().mockResolvedValueOnce(false).mockResolvedValue(true);
    const services = youServices({ allowNotices });
    const user = openYou(services);
    const reminders = await screen.findByRole<HTMLInputElement>('checkbox', { name: /Remind me/ });
    await user.click(reminders);
    expect((await screen.findByRole('alert')).textContent).toContain('reminders stay off');
    expect(services.savePerson).not.toHaveBeenCalled();
    await user.click(reminders);
    await waitFor(() =>
      expect(services.savePerson).toHaveBeenLastCalledWith({ person: { ...lucia, reminders: { on: true } } }),
    );
  });

  it('a permission that was taken back is said while reminders are on', async () => {
    const person = { ...lucia, reminders: { on: true } };
    openYou(
      youServices({
        person: vi.fn<YouServices['person']>(async () => ({ person, readable: true })),
        mayNotify: vi.fn<YouServices['mayNotify']>(async () => false),
      }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('permission is missing here');
  });

  it('quiet hours start from a usual night and are changed by their ends', async () => {
    const services = youServices();
    const user = openYou(services);
    await user.click(await screen.findByRole('checkbox', { name: 'Quiet hours' }));
    fireEvent.change(await screen.findByLabelText('From'), { target: { value: '20:30' } });
    await waitFor(() =>
      expect(services.savePerson).toHaveBeenLastCalledWith({
        person: { ...lucia, reminders: { on: false, quiet: { from: '20:30', to: '08:00' } } },
      }),
    );
  });

  it('what the organisation has set is marked and can’t be changed', async () => {
    const services = youServices({
      person: vi.fn<YouServices['person']>(async () => ({
        person: lucia,
        readable: true,
        locked: ['side', 'name'],
        byPolicy: ['side'],
      })),
    });
    const user = openYou(services);
    const sales = await screen.findByRole<HTMLInputElement>('radio', { name: 'Sales' });
    expect(sales.disabled).toBe(true);
    expect(screen.getAllByText('Set by your organisation')).toHaveLength(1);
    await user.type(screen.getByLabelText('Your name'), 'x');
    await user.tab();
    expect(services.savePerson).not.toHaveBeenCalled();
  });
});

const counted: ImportResult = {
  ok: true,
  lines: 1,
  bytes: 1,
  leads: 1,
  facts: 1,
  known: 0,
  refused: 0,
  bad: 0,
  badLines: [],
};

describe('a file that is taken in', () => {
  it('goes in whole lines, with the numbers that an editor shows', async () => {
    const lines = Array.from({ length: 4_500 }, (_, index) => `line ${index + 1}`);
    const found: { line: number; first: string | undefined; last: boolean }[] = [];
    for await (const { text, line, last } of stretchesOf(new Blob([lines.join('\r\n')])))
      found.push({ line, first: text.split('\n')[0]?.trim(), last });
    expect(found).toEqual([
      { line: 1, first: 'line 1', last: false },
      { line: 2_001, first: 'line 2001', last: false },
      { line: 4_001, first: 'line 4001', last: true },
    ]);
  });

  it('adds up what the stretches say, and the last one is told as the last', async () => {
    const importChunk = vi.fn<DataServices['importChunk']>(async ({ line }) => ({
      ...counted,
      bad: 1,
      badLines: [{ line: line + 1, fault: 'not-json' }],
    }));
    const file = new Blob([Array.from({ length: 2_000 }, () => 'x').join('\n'), '\n']);
    const end = await takeFile(file, { importChunk }, { isStopped: () => false, onProgress: () => {} });
    expect(end).toMatchObject({ end: 'done', leads: 2, facts: 2, bad: 2 });
    expect(importChunk.mock.calls.map(([{ line, last }]) => [line, last])).toEqual([
      [1, false],
      [2_001, true],
    ]);
  });

  it('stops between two stretches and lets the clocks be computed of what is there', async () => {
    const importChunk = vi.fn<DataServices['importChunk']>(async () => counted);
    let looks = 0;
    const file = new Blob([Array.from({ length: 5_000 }, () => 'x').join('\n')]);
    const end = await takeFile(file, { importChunk }, { isStopped: () => (looks += 1) > 2, onProgress: () => {} });
    expect(end).toMatchObject({ end: 'stopped', leads: 2 });
    expect(importChunk.mock.calls.map(([{ last }]) => last)).toEqual([false, false, true]);
  });

  it.each(['', '\n\n'])('an empty one is no ledger and is not sent: %j', async (text) => {
    const importChunk = vi.fn<DataServices['importChunk']>(async () => counted);
    const end = await takeFile(new Blob([text]), { importChunk }, { isStopped: () => false, onProgress: () => {} });
    expect(end).toEqual({ end: 'not-a-ledger' });
    expect(importChunk).not.toHaveBeenCalled();
  });

  it('a line without an end never fills the memory', async () => {
    const stretches = [];
    for await (const { text, faults } of stretchesOf(new Blob(['x'.repeat(3_000_000)])))
      stretches.push({ text, faults });
    expect(stretches).toEqual([{ text: '', faults: [{ line: 1, fault: 'too-long' }] }]);
  });

  it('a line that is no text is told with its number, and what stands around it is taken', async () => {
    const importChunk = vi.fn<DataServices['importChunk']>(async ({ line }) => ({
      ...counted,
      bad: 1,
      badLines: [{ line: line + 4, fault: 'not-json' }],
    }));
    const file = new Blob(['head\n\n', Uint8Array.of(0x61, 0xc3, 0x28, 0x0a), 'Ñandú\nx']);
    const end = await takeFile(file, { importChunk }, { isStopped: () => false, onProgress: () => {} });
    expect(importChunk.mock.calls.map(([{ text, line }]) => ({ text, line }))).toEqual([
      { text: 'head\n\n\nÑandú\nx', line: 1 },
    ]);
    expect(end).toMatchObject({
      end: 'done',
      bad: 2,
      badLines: [
        { line: 3, fault: 'not-utf8' },
        { line: 5, fault: 'not-json' },
      ],
    });
  });
});

describe('data', () => {
  it('says what is stored, how much room it takes and how long it is kept', async () => {
    openData(dataServices());
    expect(await screen.findByText('1,200')).toBeTruthy();
    expect(screen.getByText('4.2 MB of storage used, of 2 GB that the browser allows')).toBeTruthy();
    expect(screen.getByText(/kept for 400 days/)).toBeTruthy();
    expect(bytesWords(12_000)).toBe('12 kB');
  });

  it('shows what is left of leads that are no longer kept, and nothing where none were', async () => {
    const info = (await dataServices().ledgerInfo({})) as LedgerInfo;
    const answering = (one: LedgerInfo) =>
      dataServices({ ledgerInfo: vi.fn<DataServices['ledgerInfo']>(async () => one) });
    const kept = {
      from: '2025-01-03',
      to: '2025-03-01',
      counts: [
        { kind: 'hand-off', count: 1_204 },
        { kind: 'flag-answer', count: 3 },
      ],
    } as const;
    openData(answering(info));
    await screen.findByText('1,200');
    expect(screen.queryByRole('table')).toBeNull();
    cleanup();
    openData(answering({ ...info, kept }));
    const table = await screen.findByRole('table', { name: /counts from Jan 3, 2025 to Mar 1, 2025/ });
    expect(
      within(table)
        .getAllByRole('row')
        .map(({ textContent }) => textContent),
    ).toEqual(['What happenedHow many', 'Hand-offs1,204', 'Answers to flags and rejections3']);
  });

  it('a ledger that can’t be opened is said', async () => {
    openData(dataServices({ ledgerInfo: vi.fn<DataServices['ledgerInfo']>(async () => null) }));
    expect((await screen.findByRole('alert')).textContent).toContain("won't open Relevo's database");
  });

  const sink = () => {
    const written: string[] = [];
    const file: FileSink = {
      write: vi.fn<FileSink['write']>(async (text) => void written.push(text)),
      close: vi.fn<FileSink['close']>(async () => undefined),
      abort: vi.fn<FileSink['abort']>(async () => undefined),
    };
    return { written, file };
  };

  it('writes the ledger page by page into a file', async () => {
    const { written, file } = sink();
    const exportPage = vi
      .fn<DataServices['exportPage']>()
      .mockResolvedValueOnce({ lines: ['head', 'a'], next: 'lead-1' })
      .mockResolvedValue({ lines: ['b'] });
    const services = dataServices({ exportPage, openFile: vi.fn<DataServices['openFile']>(async () => file) });
    const user = openData(services);
    await user.click(await screen.findByRole('button', { name: 'Save the ledger' }));
    expect(await screen.findByText('Saved: 3 lines')).toBeTruthy();
    expect(written.join('')).toBe('head\na\nb\n');
    expect(exportPage.mock.calls).toEqual([[{}], [{ after: 'lead-1' }]]);
    expect(services.openFile).toHaveBeenCalledWith('relevo-ledger-2026-03-12.jsonl');
    expect(fileName(new Date(2026, 0, 2).getTime())).toBe('relevo-ledger-2026-01-02.jsonl');
  });

  it('an export that fails leaves no file behind', async () => {
    const { file } = sink();
    const services = dataServices({
      exportPage: vi.fn<DataServices['exportPage']>(async () => Promise.reject(new Error('gone'))),
      openFile: vi.fn<DataServices['openFile']>(async () => file),
    });
    const user = openData(services);
    await user.click(await screen.findByRole('button', { name: 'Save the ledger' }));
    expect((await screen.findByRole('alert')).textContent).toContain('nothing of it was kept');
    expect(file.abort).toHaveBeenCalledOnce();
    expect(file.close).not.toHaveBeenCalled();
  });

  it('a dropped file is taken in; bad lines are told by number', async () => {
    const importChunk = vi.fn<DataServices['importChunk']>(async () => ({
      ...counted,
      bad: 2,
      badLines: [
        { line: 3, fault: 'not-json' },
        { line: 8, fault: 'invalid', path: 'fact.at' },
      ],
    }));
    openData(dataServices({ importChunk }));
    const input = await screen.findByLabelText('File of a ledger');
    fireEvent.drop(input, { dataTransfer: { files: [new File(['x\n'], 'a.jsonl')] } });
    expect(await screen.findByText('All of the file was read.')).toBeTruthy();
    expect(screen.getByText('2 lines could not be read and were skipped:')).toBeTruthy();
    expect(screen.getByText('Line 3: not JSON')).toBeTruthy();
    expect(screen.getByText('fact.at')).toBeTruthy();
  });

  it('a file that is none of ours changes nothing and is said', async () => {
    const user = openData(dataServices());
    await user.upload(await screen.findByLabelText('File of a ledger'), new File(['x'], 'a.jsonl'));
    expect((await screen.findByRole('alert')).textContent).toContain('no file of a ledger');
  });

  it('one lead is searched, confirmed by its name and erased', async () => {
    const key = 'crm|https://crm.example.com|Lead|7';
    const line = JSON.stringify({
      lead: {
        key,
        id: { recordId: '7', origin: 'https://crm.example.com' },
        fields: { name: 'Nora Vidal', company: 'Nimbus' },
      },
    });
    const other = JSON.stringify({ lead: { key: `${key}1`, id: {}, fields: { name: 'Marc Pons' } } });
    const services = dataServices({
      exportPage: vi.fn<DataServices['exportPage']>(async () => ({ lines: ['{"format":1}', line, other] })),
    });
    const user = openData(services);
    await user.type(await screen.findByLabelText('Name, company, mail or id'), 'nimb{Enter}');
    const item = (await screen.findByText('Nora Vidal')).closest('li');
    if (!item) throw new Error('No such row');
    expect(screen.queryByText('Marc Pons')).toBeNull();
    await user.click(within(item).getByRole('button', { name: 'Erase Nora Vidal' }));
    expect(services.eraseLead).not.toHaveBeenCalled();
    await user.click(within(item).getByRole('button', { name: 'Yes, erase' }));
    expect(services.eraseLead).toHaveBeenCalledWith({ lead: key });
    expect(await screen.findByText('Nora Vidal is erased, with 3 facts.')).toBeTruthy();
  });
});
