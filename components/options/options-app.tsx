/** The options page: the list of sections at the left, the one that the address names beside it. */
import { ChartColumn } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { language, t } from '../../lib/platform/i18n';
import { Skeleton } from '../ui/skeleton';
import styles from './options-app.module.css';
import { sections } from './sections';
import type { OptionsServices } from './services';
import { useSection } from './use-section';

export function OptionsApp({ services }: { readonly services: OptionsServices }) {
  const { id, width, Body } = useSection();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(id);
  const title = `${t(`options_${id}`)} · Relevo`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    // Whoever chose another section is taken to it; whoever opens the page stays at its top.
    if (shown.current !== id) heading.current?.focus();
    shown.current = id;
  }, [id]);
  return (
    <div className={styles.page}>
      <header className={styles.side}>
        <h1 className={styles.name}>{t('options_title')}</h1>
        <nav aria-label={t('options_sections')}>
          <ul className={styles.sections}>
            {sections.map(({ id: other, icon: Icon }) => (
              <li key={other}>
                <a href={`#${other}`} className={styles.link} aria-current={other === id ? 'page' : undefined}>
                  <Icon size={16} aria-hidden="true" focusable="false" />
                  {t(`options_${other}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <a href="report.html" className={styles.link}>
          <ChartColumn size={16} aria-hidden="true" focusable="false" />
          {t('report_open')}
        </a>
      </header>
      <main className={styles.main}>
        <h2 ref={heading} tabIndex={-1} className={styles.heading}>
          {t(`options_${id}`)}
        </h2>
        <div className={styles[width]}>
          <Suspense fallback={<Skeleton label={t('options_loading')} rows={6} />}>
            {/* Where the language is chosen the focus stays; elsewhere no remembered word does. */}
            <Body key={id === 'you' ? id : `${id} ${language()}`} services={services} />
          </Suspense>
        </div>
      </main>
    </div>
  );
}
