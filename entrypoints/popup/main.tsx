import { PopupApp } from '../../components/popup/popup-app';
import { showPage } from '../../components/show-page';
import '../../components/tokens.css';
import { t } from '../../lib/platform/i18n';
import './page.css';
import { createPopupServices } from './services';

const services = createPopupServices();
void showPage({ title: () => t('extension_name'), content: () => <PopupApp services={services} /> });
