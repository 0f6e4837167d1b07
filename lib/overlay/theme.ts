/**
 * Light or dark, measured from the page's own background behind a badge and not guessed from the system: a CRM in its
 * dark theme on a light desktop is dark. Each measured ancestor is remembered until `forget`.
 */
import type { Theme } from '../platform/tokens';

const numbers = (text: string): number[] =>
  (text.match(/-?[\d.]+(?:e-?\d+)?%?/g) ?? []).map((part) => parseFloat(part));

/** `null`: no opaque colour here, look further up. Browsers give colours back as `rgb()`, `color()`, `oklch()`, `lab()`… */
export function themeOfColour(colour: string): Theme | null {
  const space = /^(rgba?|color|oklab|oklch|lab|lch)\(/.exec(colour)?.[1];
  if (!space) return null;
  const values = numbers(colour.slice(colour.indexOf('(')).replace(/^\(\s*[a-z][\w-]*/, '('));
  const [a, b, c, alpha = 1] = values;
  if (a === undefined || b === undefined || c === undefined || alpha < 0.5) return null;
  if (space.startsWith('ok')) return a < 0.6 ? 'dark' : 'light';
  if (space.startsWith('l')) return a < 50 ? 'dark' : 'light';
  const scale = space === 'color' ? 1 : 255;
  const [red = 0, green = 0, blue = 0] = [a, b, c].map((part) => {
    const value = part / scale;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  // 0.18: where white and black text contrast equally with the background (WCAG relative luminance).
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18 ? 'dark' : 'light';
}

const parentOf = (el: Element): Element | null => {
  if (el.parentElement) return el.parentElement;
  const root = el.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};

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
      for (let at: Element | null = el; at && !theme; at = parentOf(at)) {
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
