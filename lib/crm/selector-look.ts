/**
 * Which of the adapter's selectors match anything on this page: names only, for page health. A look is bounded in time,
 * and a page gets few of them, because a selector that matches nothing costs a walk through the whole page. It comes with
 * the adapter.
 */
import { cssOf } from './read';
import type { SelectorTable } from './types';

/** Longest look, ms; it goes on where it stopped. */
const lookMs = 8;
/** Looks in one visit: what has not come by then belongs to another view. */
const looksAtMost = 6;

export interface SelectorLook {
  /** What is known by now of each name that could be looked for. */
  look(scopes: readonly ParentNode[]): Readonly<Record<string, boolean>>;
  /** The page is left. */
  leave(): void;
}

export function createSelectorLook(table: SelectorTable): SelectorLook {
  const found = new Map<string, boolean>();
  let looks = 0;
  let first = 0;

  return {
    look(scopes) {
      const names = Object.keys(table);
      const until = performance.now() + lookMs;
      const turns = looks < looksAtMost ? names.length : 0;
      looks += 1;
      for (let turn = 0; turn < turns; turn += 1) {
        const name = names[(first + turn) % names.length] ?? '';
        if (found.get(name)) continue;
        if (performance.now() > until) {
          first = (first + turn) % names.length;
          break;
        }
        const css = cssOf(table[name] ?? []);
        // One that stands for many names can't be asked for by itself; what it reads is counted by field.
        if (css.includes('{}')) continue;
        try {
          found.set(
            name,
            scopes.some((scope) => scope.querySelector(css) !== null),
          );
        } catch {
          // A selector that this browser can't read matches nothing, and its field is missing: that is said elsewhere.
        }
      }
      return Object.fromEntries(found);
    },
    leave() {
      found.clear();
      looks = 0;
    },
  };
}
