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

/** What the value of an attribute begins with, holds and ends with, whatever name is filled in: `[a="x{}"]` → `[a^="x"]`. */
function withAnyName(css: string): string {
  return css.replaceAll(
    /\[([\w-]+)([$^*]?)="([^"{}]*\{\}[^"]*)"\]/gu,
    (_all, attribute: string, operator: string, value: string) => {
      const parts = value.split('{}');
      const asked = parts.flatMap((part, at) => {
        if (part === '') return [];
        const isFirst = at === 0 && operator !== '*' && operator !== '$';
        const isLast = at === parts.length - 1 && operator !== '*' && operator !== '^';
        return `[${attribute}${isFirst ? '^' : isLast ? '$' : '*'}="${part}"]`;
      });
      return asked.join('') || `[${attribute}]`;
    },
  );
}

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
        const css = withAnyName(cssOf(table[name] ?? []));
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
