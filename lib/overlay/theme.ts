/**
 * Light or dark, measured from the page's own background behind a badge and not guessed from the system: a CRM in its
 * dark theme on a light desktop is dark. Each measured ancestor is remembered until `forget`.
 */
import type { Theme } from '../platform/tokens';
import { holderOf } from './holder';

/** `null`: no opaque colour here, look further up. Browsers give colours back as `rgb()`, `color()`, `oklch()`, `lab()`… */
export function themeOfColour(colour: string): Theme | null {
  const [, space = '', , list = ''] = /^([a-z]+)\(([a-z][\w-]* )?(.*)\)$/.exec(colour) ?? [];
  const [a, b, c, alpha = 1] = list.split(/[\s,/]+/).map(parseFloat);
  if (a === undefined || b === undefined || c === undefined || alpha < 0.5) return null;
  if (space.startsWith('ok')) return a < 0.6 ? 'dark' : 'light';
  if (space.startsWith('l')) return a < 50 ? 'dark' : 'light';
  const scale = space === 'color' ? 1 : 255;
  // WCAG's luminance with a plain power curve: white and black text are equally readable at 0.18.
  const luminance = 0.2126 * (a / scale) ** 2.2 + 0.7152 * (b / scale) ** 2.2 + 0.0722 * (c / scale) ** 2.2;
  return luminance < 0.18 ? 'dark' : 'light';
}

export interface ThemeProbe {
  themeBehind(el: Element): Theme;
  /** The page may have switched its theme: measure anew. */
  forget(): void;
}

export function createThemeProbe(doc: Document): ThemeProbe {
  let known = new WeakMap<Element, Theme>();

  /** Nothing is opaque up to the canvas: it is white, unless the page says that it speaks dark. */
  function canvas(): Theme {
    const view = doc.defaultView;
    const scheme = view?.getComputedStyle(doc.documentElement).colorScheme ?? '';
    if (!scheme.includes('dark')) return 'light';
    if (!scheme.includes('light')) return 'dark';
    return view?.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  return {
    themeBehind(el) {
      const view = doc.defaultView;
      const seen: Element[] = [];
      let theme: Theme | null = null;
      for (let at: Element | null = el; at && !theme; at = holderOf(at)) {
        theme = known.get(at) ?? null;
        if (theme) break;
        seen.push(at);
        theme = themeOfColour(view?.getComputedStyle(at).backgroundColor ?? '');
      }
      const found = theme ?? canvas();
      for (const one of seen) known.set(one, found);
      return found;
    },
    forget() {
      known = new WeakMap();
    },
  };
}
