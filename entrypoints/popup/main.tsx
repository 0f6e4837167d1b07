import { createRoot } from 'react-dom/client';
import { PopupApp } from '../../components/popup/popup-app';
import '../../components/tokens.css';
import { dressPage } from '../../components/ui/theme';
import { t } from '../../lib/platform/i18n';
import './page.css';
import { createPopupServices } from './services';

dressPage(document, t('extension_name'));
const root = document.getElementById('root');
if (root) createRoot(root).render(<PopupApp services={createPopupServices()} />);
