/**
 * One part of the draft as a form. The draft stays the only truth: a field writes its own path and nothing else, so what the form does not
 * show is kept as it is; what changes the draft from elsewhere (undo, the JSON view) fills the form anew.
 */
import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { FormProvider, useController, useForm } from 'react-hook-form';
import { fieldsOf } from '../../../lib/agreement/editing';
import type { Path } from '../../../lib/agreement/integrity';
import { useEditor, useIssues, usePart } from '../editor-context';
import { issueWords } from '../issue-words';
import { partResolver } from '../resolver';
import { useLatest } from '../use-latest';

interface Part {
  readonly path: Path;
  readonly wrote: () => void;
}

const PartContext = createContext<Part | null>(null);

const stepsOf = (name: string): Path => name.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

export interface PartFormProps {
  readonly path: Path;
  readonly children: ReactNode;
}

export function PartForm({ path, children }: PartFormProps) {
  const { store } = useEditor();
  const value = usePart(path);
  const here = useLatest(path);
  const resolver = useMemo(() => partResolver(store.issues, () => here.current), [store, here]);
  const form = useForm({ defaultValues: { ...fieldsOf(value) }, resolver });
  const known = useRef(value);
  const { reset, trigger } = form;
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    reset({ ...fieldsOf(value) });
    void trigger();
  }, [value, reset, trigger]);
  const issues = useSyncExternalStore(store.subscribe, store.issues);
  useEffect(() => void trigger(), [issues, trigger]);
  const key = path.join('/');
  const part = useMemo<Part>(
    () => ({
      path: here.current,
      wrote: () => {
        known.current = store.at(here.current);
      },
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- the path is a new array each time; its text is not
    [store, key],
  );
  return (
    <PartContext.Provider value={part}>
      <FormProvider {...form}>{children}</FormProvider>
    </PartContext.Provider>
  );
}

/**
 * What is wrong at a name of the form that has no field of its own: one side of a choice, whose field would write into the form as if
 * that side were chosen.
 */
export function useProblem(name: string): string | undefined {
  const part = useContext(PartContext);
  const [issue] = useIssues([...(part?.path ?? []), ...stepsOf(name)]);
  return issue && issueWords(issue);
}

export interface FieldAccess {
  readonly value: unknown;
  /** `undefined` takes the value away. */
  readonly set: (value: unknown) => void;
  /** What is wrong with it and what to write instead. */
  readonly problem: string | undefined;
  readonly ref: (element: HTMLElement | null) => void;
  readonly path: Path;
}

/** @param name path of the field within its form, with dots. */
export function useField(name: string): FieldAccess {
  const part = useContext(PartContext);
  const { store } = useEditor();
  if (!part) throw new Error('outside of a form');
  const { field, fieldState } = useController({ name });
  const path = [...part.path, ...stepsOf(name)];
  return {
    value: field.value,
    set: (value) => {
      field.onChange(value ?? null);
      store.edit(path, value);
      part.wrote();
    },
    problem: fieldState.error?.message,
    ref: field.ref,
    path,
  };
}
