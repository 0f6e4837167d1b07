import { createRoot } from 'react-dom/client';
import { PanelApp } from '../../components/panel/panel-app';
import '../../components/tokens.css';
import { dressPage } from '../../components/ui/theme';
import { t } from '../../lib/platform/i18n';
import { createPanelServices } from './services';

dressPage(document, t('panel_title'));
const root = document.getElementById('root');
if (root) createRoot(root).render(<PanelApp services={createPanelServices(location.hash)} />);
