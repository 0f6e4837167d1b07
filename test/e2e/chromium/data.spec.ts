/** All of the ledger by way of the options: a copy saved, one lead erased, the copy brought in again. */
import { readFile } from 'node:fs/promises';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { expect, ready, test } from '../support/chromium.ts';
import { faults, picture } from '../support/eyes.ts';
import { looks } from '../support/looks.ts';
import { enterPanel, faultsIn } from '../support/work.ts';

interface Line {
  readonly format?: string;
  readonly lead?: {
    readonly key: string;
    readonly id: { readonly recordId: string };
    readonly fields: { readonly name?: string };
  };
  readonly fact?: { readonly lead: string };
}

test.use({ relevo: { launchOptions: {}, agreement: demoAgreement(Date.now()) } });

test('a saved ledger is every lead and fact; brought in again it adds what is new, once, and nothing that was erased', async ({
  page,
  extension,
  crm,
}) => {
  await ready(page);
  const options = await extension.openExtensionPage('options.html#data');
  // The browser's own dialog can't be answered from here; without it, it is a download.
  await options.evaluate(() => Reflect.set(window, 'showSaveFilePicker', undefined));
  const saved = options.waitForEvent('download');
  await options.getByRole('button', { name: 'Save the ledger' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^relevo-ledger-\d{4}-\d\d-\d\d\.jsonl$/);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trimEnd().split('\n');
  await expect(options.getByText(`Saved: ${lines.length} lines`)).toBeVisible();
  const entries = lines.map((line) => JSON.parse(line) as Line);
  expect(entries[0]?.format).toBe('relevo-ledger');
  const leads = entries.flatMap(({ lead }) => lead ?? []);
  expect(leads.length).toBeGreaterThan(10);
  const known = new Set(crm.leads.map(({ record }) => record.id));
  expect(leads.filter(({ id }) => !known.has(id.recordId))).toEqual([]);
  const [one, other] = leads;
  if (!one || !other) throw new Error('no leads');

  await expect(options.getByRole('table')).toHaveCount(0);
  const name = one.fields.name ?? '';
  await options.getByRole('textbox', { name: 'Name, company, mail or id' }).fill(name);
  await options.getByRole('button', { name: 'Find' }).click();
  await options.getByRole('button', { name: `Erase ${name}` }).click();
  await options.getByRole('button', { name: 'Yes, erase' }).click();
  await expect(options.getByText(`${name} is erased`)).toBeVisible();
  await expect(
    options.getByRole('table', { name: /no longer kept/ }).getByRole('row', { name: /^Hand-offs/ }),
  ).toBeVisible();

  // One lead that nobody here knows, and a line that somebody broke.
  const recordId = 'brought-in';
  const stranger = { ...other, key: other.key.replace(other.id.recordId, recordId), id: { ...other.id, recordId } };
  const file = [...lines, JSON.stringify({ lead: stranger }), '{"fact":'].join('\n');
  const bringIn = (): Promise<void> =>
    options.locator('input[type="file"]').setInputFiles({
      name: 'ledger.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(file),
    });
  await bringIn();
  await expect(options.getByText('All of the file was read.')).toBeVisible();
  await expect(options.getByText(/^New or changed leads: 1\. New facts: 0\./)).toBeVisible();
  await expect(options.getByText(/about (a lead|leads) that (was|were) erased here/)).toBeVisible();
  await expect(options.getByText('1 line could not be read and was skipped:')).toBeVisible();
  await expect(options.getByText(`Line ${lines.length + 2}:`)).toBeVisible();
  await bringIn();
  await expect(options.getByText(/^New or changed leads: 0\. New facts: 0\./)).toBeVisible();
});

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: demoAgreement(Date.now()) } });

    test('what is left of an erased lead, and the way to have it recorded again: no fault that axe finds', async ({
      page,
      extension,
    }, info) => {
      await ready(page);
      const options = await extension.openExtensionPage('options.html#data');
      const answer = await options.evaluate(async () => {
        const send = (type: string, data: object): Promise<{ res: unknown }> =>
          chrome.runtime.sendMessage({ id: 1, type, data, timestamp: Date.now() });
        const { res } = (await send('exportPage', {})) as { res: { lines: string[] } };
        const [lead] = res.lines.flatMap((line) => (JSON.parse(line) as { lead?: { key: string } }).lead?.key ?? []);
        return { lead, ...((await send('eraseLead', { lead })).res as object) };
      });
      expect(answer).toMatchObject({ ok: true });
      await options.reload();
      await expect(options.getByRole('table')).toBeVisible();
      expect(await faults(options)).toEqual([]);
      await picture(options, info.outputPath('data.png'));
      // The page still shows it: its badge speaks of the page alone, and its panel says why.
      const panel = await enterPanel(page, answer.lead?.split('|').at(-1) ?? '');
      const title = language === 'es' ? 'Este lead se borró aquí' : 'This lead was erased here';
      await expect(panel.getByText(title)).toBeVisible();
      expect(await faultsIn(panel)).toEqual([]);
      await picture(page, info.outputPath('erased.png'), false);
      await panel.getByRole('button', { name: /^(?:Record this lead again|Volver a registrar este lead)/ }).click();
      await expect(panel.getByText(title)).toHaveCount(0);
    });
  });
