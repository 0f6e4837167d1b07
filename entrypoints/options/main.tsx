import { OptionsApp } from '../../components/options/options-app';
import { showPage } from '../../components/show-page';
import '../../components/tokens.css';
import { t } from '../../lib/platform/i18n';
import { createOptionsServices } from './services';

const services = createOptionsServices();
void showPage({ title: () => t('extension_name'), content: () => <OptionsApp services={services} />, keeps: true });
