// @vitest-environment happy-dom
/** The form keeps what it does not show: opening every card of any document changes nothing, and a field changes only itself. */
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { canonicalJson } from '../../../../lib/agreement/canonical';
import type { AgreementDocument } from '../../../../lib/agreement/document';
import { documents } from '../../agreement/build';
import { speak } from '../../support/i18n';
import { editorServices, openEditor, saved } from './support';

beforeEach(() => speak('en'));
afterEach(cleanup);

const tabs = [/^Who owes what/, /^Working hours/, /^Leads and statuses/, /^Quality/, /^Management/, /^Terms/];

function goTo(name: RegExp): void {
  const parts = screen.getByRole('navigation', { name: 'Parts of the agreement' });
  fireEvent.click(within(parts).getByRole('button', { name }));
}

/** Opens every card, and those that then appear inside of them. */
async function openAll(): Promise<void> {
  for (let depth = 0; depth < 2; depth += 1)
    await act(async () => {
      for (const closed of document.querySelectorAll<HTMLElement>('[data-path] [aria-expanded="false"]'))
        closed.click();
    });
}

const leave = () => act(() => void window.dispatchEvent(new Event('pagehide')));

async function opened(draft: AgreementDocument) {
  const services = editorServices({ draft });
  openEditor(services);
  await screen.findByRole('navigation', { name: 'Parts of the agreement' });
  return services;
}

it('looking at all of it changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(documents, async (draft) => {
      const services = await opened(draft);
      for (const name of tabs) {
        goTo(name);
        await openAll();
      }
      leave();
      expect(services.saveDraft).not.toHaveBeenCalled();
      cleanup();
    }),
    { numRuns: 2 },
  );
}, 60_000);

it('a field changes itself and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(documents, async (draft) => {
      const services = await opened(draft);
      goTo(/^Management/);
      await act(
        async () => void fireEvent.change(screen.getByLabelText('Share used up (%)'), { target: { value: '33' } }),
      );
      leave();
      const management = { ...draft.management, atRisk: { ...draft.management.atRisk, share: 0.33 } };
      expect(canonicalJson(saved(services))).toBe(canonicalJson({ ...draft, management }));
      cleanup();
    }),
    { numRuns: 4 },
  );
}, 60_000);
