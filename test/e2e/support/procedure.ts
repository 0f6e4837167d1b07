/** The change procedure as tests of Chromium go through it: asking the worker, writing a draft as the editor would, signing. */
import { expect, type Page } from '@playwright/test';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { stricterDraft } from './stricter-draft.ts';

/** Asks the worker as the page itself does. */
export function ask<Reply>(page: Page, type: string, data: unknown): Promise<Reply> {
  return page.evaluate(
    ([name, given]) =>
      chrome.runtime
        .sendMessage({ id: 1, type: name, data: given, timestamp: Date.now() })
        .then((answer: { res: Reply }) => answer.res),
    [type, data] as const,
  );
}

/** As the editor would save it. */
export async function writeDraft(options: Page, effectiveFrom: string): Promise<void> {
  const { draft } = await ask<AgreementState>(options, 'agreementState', {});
  const text = stricterDraft(draft?.text ?? '{}', effectiveFrom);
  expect(await ask(options, 'saveDraft', { text, base: draft?.savedAt ?? null })).toMatchObject({ ok: true });
}

/** Proposes the draft and signs it for both, one by the settings' name and the other by the name that is typed. */
export async function signByBoth(options: Page): Promise<void> {
  await options.getByRole('button', { name: 'Propose to both sides' }).click();
  await options.getByRole('form', { name: 'Sign for Marketing' }).getByRole('button').click();
  await expect(options.getByText(/^Signed by Lucía Gil, /)).toBeVisible();
  const sales = options.getByRole('form', { name: 'Sign for Sales' });
  await sales.getByLabel('Name').fill('Luis Ortega');
  await sales.getByLabel('Name').press('Enter');
  await expect(options.getByText(/^Signed by Luis Ortega, /)).toBeVisible();
}
