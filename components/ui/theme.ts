/**
 * The colours as CSS variables for both themes, made from the tokens that the badge on the page uses too, so that no
 * colour is written twice. The neutral inks are those of the quiet states: running, paused, unknown.
 */
import { language } from '../../lib/platform/i18n';
import { accents, stateColours, surfaces, type Theme } from '../../lib/platform/tokens';

function variables(theme: Theme): string {
  const states = stateColours[theme];
  const lines = [
    `--surface:${surfaces[theme]}`,
    `--accent:${accents[theme]}`,
    `--ink:${states.running.text}`,
    `--ink-soft:${states.unknown.text}`,
    `--raised:${states.running.fill ?? 'transparent'}`,
    `--pressed:${states.paused.fill ?? 'transparent'}`,
    `--line:${states.running.line}`,
    `--line-strong:${states.unknown.line}`,
  ];
  for (const [state, colours] of Object.entries(states))
    lines.push(
      `--${state}-text:${colours.text}`,
      `--${state}-fill:${colours.fill ?? 'transparent'}`,
      `--${state}-line:${colours.line}`,
    );
  return `:root{${lines.join(';')}}`;
}

/** Selectors that give an element with `data-state` its own three colours. */
function stateRules(): string {
  return Object.entries(stateColours.light)
    .map(
      ([state, { dashed }]) =>
        `[data-state='${state}']{--state-text:var(--${state}-text);--state-fill:var(--${state}-fill);` +
        `--state-line:var(--${state}-line);--state-style:${dashed ? 'dashed' : 'solid'}}`,
    )
    .join('');
}

/** The whole sheet, as text. Paper is light, whatever the screen is. */
export function themeCss(): string {
  return `${variables('light')}@media screen and (prefers-color-scheme:dark){${variables('dark')}}${stateRules()}`;
}

/** Gives a page its colours and its language. Call it before the first paint. */
export function dressPage(page: Document, title: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(themeCss());
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  namePage(page, title);
}

/** Gives a page its language and its title. */
export function namePage(page: Document, title: string): void {
  page.documentElement.lang = language();
  page.title = title;
}
