/** The person's settings, saved as they are changed: shown at once, and taken back to what is stored where that failed. */
import { useCallback, useRef, useState } from 'react';
import type { PersonSettings } from '../../lib/settings/person';
import { inTime, useAnswer, useFreshness } from '../use-answer';
import type { YouServices } from './services';

export type PersonSave = { readonly is: 'none' | 'saving' | 'refused' } | { readonly is: 'saved'; readonly at: number };

export interface KeptPerson {
  readonly person: PersonSettings | null;
  readonly readable: boolean;
  readonly locked: readonly string[];
  readonly byPolicy: readonly string[];
  readonly failed: boolean;
  readonly save: PersonSave;
  readonly change: (part: Partial<PersonSettings>) => void;
  readonly again: () => void;
}

export function usePerson(services: Pick<YouServices, 'person' | 'savePerson' | 'now'>): KeptPerson {
  const ask = useCallback(() => services.person({}), [services]);
  const { answer, failed, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  const [save, setSave] = useState<PersonSave>({ is: 'none' });
  // What was changed here holds until the worker answers anew.
  const [changed, setChanged] = useState<{ readonly over: typeof answer; readonly person: PersonSettings } | null>(
    null,
  );
  const person = changed && changed.over === answer ? changed.person : (answer?.person ?? null);
  const turn = useRef(0);

  const keep = async (next: PersonSettings): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setChanged({ over: answer, person: next });
    setSave({ is: 'saving' });
    const { ok } = await inTime(services.savePerson({ person: next })).catch(() => ({ ok: false }));
    if (mine !== turn.current) return;
    setSave(ok ? { is: 'saved', at: services.now() } : { is: 'refused' });
    if (!ok) again();
  };
  return {
    person,
    readable: answer?.readable ?? true,
    locked: answer?.locked ?? [],
    byPolicy: answer?.byPolicy ?? [],
    failed,
    save,
    again,
    change: (part) => {
      if (person) void keep(withPart(person, part));
    },
  };
}

/** An empty name is none. */
function withPart(person: PersonSettings, part: Partial<PersonSettings>): PersonSettings {
  const { name, ...rest } = { ...person, ...part };
  return name === undefined || name.trim() === '' ? rest : { ...rest, name: name.trim() };
}
