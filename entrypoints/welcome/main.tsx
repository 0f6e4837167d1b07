import { showPage } from '../../components/show-page';
import '../../components/tokens.css';
import { WelcomeApp } from '../../components/welcome/welcome-app';
import { t } from '../../lib/platform/i18n';
import { createWelcomeServices } from './services';

const services = createWelcomeServices();
void showPage({ title: () => t('welcome_title'), content: () => <WelcomeApp services={services} />, keeps: true });
