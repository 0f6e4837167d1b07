/**
 * How each of our pages begins: in the chosen language from its first word on, in its colours, and drawn again when another
 * language is chosen. The entry point says what is on it; nothing here knows.
 */
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { language } from '../lib/platform/i18n';
import { onLanguageChange, speakAsChosen } from '../lib/platform/speech';
import { dressPage, namePage } from './ui/theme';

export interface ShownPage {
  /** Title of the page, in the language of now. */
  readonly title: () => string;
  /** Asked anew for every language; what it holds must be made outside. */
  readonly content: () => ReactNode;
  /**
   * A page where the language is chosen keeps what was typed and where the focus is; the others begin anew, so that no
   * remembered word stays.
   */
  readonly keeps?: boolean;
}

export async function showPage({ title, content, keeps = false }: ShownPage): Promise<void> {
  await speakAsChosen();
  dressPage(document, title());
  const element = document.getElementById('root');
  if (!element) return;
  const root = createRoot(element);
  const draw = (): void =>
    root.render(
      <I18nProvider key={keeps ? 'kept' : language()} locale={language()}>
        {content()}
      </I18nProvider>,
    );
  draw();
  onLanguageChange(() => {
    namePage(document, title());
    draw();
  });
}
