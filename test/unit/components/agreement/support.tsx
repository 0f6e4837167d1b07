/** An editor whose worker the test holds in its hand. */
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { AgreementEditor } from '../../../../components/agreement/agreement-editor';
import type { AgreementServices, EditorStart } from '../../../../components/agreement/services';
import { presets } from '../../../../lib/agreement/presets';
import type { Draft } from '../../agreement/build';

/** Thursday 12 March 2026, 10:00 UTC. */
export const now = Date.UTC(2026, 2, 12, 10);

/** The Fast preset, which has conditions, as loose JSON to be changed. */
export function fastDraft(change: (draft: Draft) => void = () => {}): Draft {
  const draft = structuredClone(presets().find(({ id }) => id === 'fast')?.document) as unknown as Draft;
  change(draft);
  return draft;
}

export function editorServices(
  start: Partial<EditorStart> = {},
  change: Partial<Omit<AgreementServices, 'saveDraft' | 'countLeads' | 'startEditor'>> = {},
) {
  return {
    startEditor: vi.fn<AgreementServices['startEditor']>(async () => ({
      draft: fastDraft(),
      savedAt: null,
      isProposed: false,
      signatures: 0,
      isLocked: false,
      reasonsInUse: ['data'],
      ...start,
    })),
    saveDraft: vi.fn<AgreementServices['saveDraft']>(async () => ({
      ok: true,
      at: now,
      voided: 0,
      isProposed: false,
    })),
    countLeads: vi.fn<AgreementServices['countLeads']>(async () => ({ matching: 12, known: 340 })),
    pastResults: vi.fn<AgreementServices['pastResults']>(async () => null),
    seenStatuses: vi.fn<AgreementServices['seenStatuses']>(async () => []),
    now: () => now,
    zone: 'Europe/Madrid',
    ...change,
  };
}

export type FakeServices = ReturnType<typeof editorServices>;

export function openEditor(services: FakeServices = editorServices()) {
  render(<AgreementEditor services={services} />);
  return userEvent.setup();
}

/** The draft that was saved last. */
export function saved(services: FakeServices): Draft {
  return services.saveDraft.mock.calls.at(-1)?.[0] as Draft;
}
