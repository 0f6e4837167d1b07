import { showPage } from '../../components/show-page';
import { SidebarApp } from '../../components/sidebar/sidebar-app';
import '../../components/tokens.css';
import { t } from '../../lib/platform/i18n';
import { createSidebarServices } from './services';

const services = createSidebarServices();
void showPage({ title: () => t('sidebar_title'), content: () => <SidebarApp services={services} /> });
