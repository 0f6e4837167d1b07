/**
 * The draft while it is open: what is written, its steps back and forth, and what its validation says. Components subscribe to
 * the part they show, so that a keystroke draws one field anew and not five hundred rules. It saves nothing itself.
 */
import { stepped, stepsFrom, redone, undone, valueAt, withValue, type Steps } from '../../lib/agreement/editing';
import type { Issue, Path } from '../../lib/agreement/integrity';
import type { SmartFinding } from '../../lib/agreement/smart';
import type { PastResults } from './services';

export interface EditorStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly at: (path: Path) => unknown;
  /** `undefined` takes the value away. What follows at once on the same path is one step. */
  readonly edit: (path: Path, value: unknown) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly steps: () => Steps;
  readonly issues: () => readonly Issue[];
  /** Those of exactly this path. */
  readonly issuesAt: (path: Path) => readonly Issue[];
  /** How many there are at this path and beneath. */
  readonly countBeneath: (path: Path) => number;
  /** What promises miss; those of the last draft that could be read. */
  readonly findings: () => readonly SmartFinding[];
  /** @param findings `null` where the draft can't be read. */
  readonly told: (issues: readonly Issue[], findings: readonly SmartFinding[] | null) => void;
  /** The own past, and the draft that it was compared with; `null` while it is not known. */
  readonly past: () => Past | null;
  readonly compared: (past: Past | null) => void;
  /** Opens what stands at a path; `null` is nothing. */
  readonly reveal: (path: Path | null) => void;
  readonly revealed: () => { readonly path: Path } | null;
}

export interface Past {
  readonly results: PastResults;
  readonly of: unknown;
}

const none: readonly Issue[] = [];
const keyOf = (path: Path): string => path.map((step) => `${step}`.replaceAll('/', '~1')).join('/');

export function createEditorStore(draft: unknown, now: () => number): EditorStore {
  let steps = stepsFrom(draft);
  let issues = none;
  let byPath = new Map<string, Issue[]>();
  let counts = new Map<string, number>();
  let findings: readonly SmartFinding[] = [];
  let past: Past | null = null;
  let shown: { readonly path: Path } | null = null;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const go = (next: Steps): void => {
    if (next === steps) return;
    steps = next;
    tell();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    at: (path) => valueAt(steps.present, path),
    edit: (path, value) => go(stepped(steps, withValue(steps.present, path, value), keyOf(path), now())),
    undo: () => go(undone(steps)),
    redo: () => go(redone(steps)),
    steps: () => steps,
    issues: () => issues,
    issuesAt: (path) => byPath.get(keyOf(path)) ?? none,
    countBeneath: (path) => counts.get(keyOf(path)) ?? 0,
    findings: () => findings,
    told: (next, missed) => {
      issues = next;
      findings = missed ?? findings;
      byPath = new Map();
      counts = new Map();
      for (const issue of next) {
        const own = byPath.get(keyOf(issue.path));
        if (own) own.push(issue);
        else byPath.set(keyOf(issue.path), [issue]);
        for (let length = 0; length <= issue.path.length; length += 1) {
          const key = keyOf(issue.path.slice(0, length));
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
      tell();
    },
    past: () => past,
    compared: (next) => {
      past = next;
      tell();
    },
    reveal: (path) => {
      shown = path && { path };
      tell();
    },
    revealed: () => shown,
  };
}
