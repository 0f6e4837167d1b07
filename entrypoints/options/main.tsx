import { createRoot } from 'react-dom/client';
import { OptionsApp } from '../../components/options/options-app';
import '../../components/tokens.css';
import { dressPage } from '../../components/ui/theme';
import { t } from '../../lib/platform/i18n';
import { createOptionsServices } from './services';

dressPage(document, t('extension_name'));
const root = document.getElementById('root');
if (root) createRoot(root).render(<OptionsApp services={createOptionsServices()} />);
