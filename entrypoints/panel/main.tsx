import { PanelApp } from '../../components/panel/panel-app';
import { showPage } from '../../components/show-page';
import '../../components/tokens.css';
import { t } from '../../lib/platform/i18n';
import { createPanelServices } from './services';

const services = createPanelServices(location.hash);
void showPage({ title: () => t('panel_title'), content: () => <PanelApp services={services} /> });
