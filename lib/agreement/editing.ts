/**
 * Changing a draft: values by path, lists, and the steps that can be undone. Pure. A draft is loose JSON: while it is being
 * written it may break every rule of the schema, so nothing here trusts its shape, and nothing that is not named is touched.
 */
import type { Path } from './integrity';

export type Fields = Readonly<Record<string, unknown>>;

/** The object at hand; an empty one where it is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The list at hand; an empty one where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function valueAt(draft: unknown, path: Path): unknown {
  let value = draft;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The draft with another value there; `undefined` takes it away. Everything beside the path stays the same object. */
export function withValue(draft: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const next = withValue(valueAt(draft, [step]), rest, value);
  if (typeof step === 'number') {
    const list = listOf(draft);
    return next === undefined ? list.toSpliced(step, 1) : list.map((item, index) => (index === step ? next : item));
  }
  const entries = Object.entries(fieldsOf(draft));
  if (next === undefined) return Object.fromEntries(entries.filter(([name]) => name !== step));
  const isThere = Object.hasOwn(fieldsOf(draft), step);
  return Object.fromEntries(
    isThere ? entries.map(([name, old]) => [name, name === step ? next : old]) : [...entries, [step, next]],
  );
}

/** The list with one item elsewhere. Indices outside of it change nothing. */
export function moved(list: readonly unknown[], from: number, to: number): readonly unknown[] {
  if (from === to || !(from in list) || !(to in list)) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]);
}

/** An id that is not taken, made of the words that it stands for. */
export function freeId(words: string, taken: Iterable<string>): string {
  const base =
    words
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 56) || 'new';
  const used = new Set(taken);
  let id = base;
  for (let number = 2; used.has(id); number += 1) id = `${base}-${number}`;
  return id;
}

export interface Steps {
  readonly past: readonly unknown[];
  readonly present: unknown;
  readonly future: readonly unknown[];
  /** What the last change was about, and when: what follows at once on the same thing is one step. */
  readonly last: { readonly about: string; readonly at: number } | null;
}

/** Drafts that can be gone back to. They share what did not change, so that they cost little. */
const mostSteps = 200;
/** A pause in typing that ends a step, in ms. */
const pauseMs = 1_000;

export const stepsFrom = (draft: unknown): Steps => ({ past: [], present: draft, future: [], last: null });

/** @param about names what is being changed. @param at epoch ms. */
export function stepped(steps: Steps, draft: unknown, about: string, at: number): Steps {
  if (draft === steps.present) return steps;
  const last = { about, at };
  const goesOn = steps.last?.about === about && at - steps.last.at < pauseMs && steps.past.length > 0;
  if (goesOn) return { ...steps, present: draft, future: [], last };
  return { past: [...steps.past, steps.present].slice(-mostSteps), present: draft, future: [], last };
}

export function undone(steps: Steps): Steps {
  if (steps.past.length === 0) return steps;
  return {
    past: steps.past.slice(0, -1),
    present: steps.past.at(-1),
    future: [steps.present, ...steps.future],
    last: null,
  };
}

export function redone(steps: Steps): Steps {
  if (steps.future.length === 0) return steps;
  return { past: [...steps.past, steps.present], present: steps.future[0], future: steps.future.slice(1), last: null };
}
