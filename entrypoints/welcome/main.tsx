import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { WelcomeApp } from '../../components/welcome/welcome-app';
import '../../components/tokens.css';
import { dressPage } from '../../components/ui/theme';
import { language, t } from '../../lib/platform/i18n';
import { createWelcomeServices } from './services';

dressPage(document, t('welcome_title'));
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <I18nProvider locale={language()}>
      <WelcomeApp services={createWelcomeServices()} />
    </I18nProvider>,
  );
