import { createRoot } from 'react-dom/client';
import { ReportApp } from '../../components/report/report-app';
import '../../components/tokens.css';
import { dressPage } from '../../components/ui/theme';
import { t } from '../../lib/platform/i18n';
import { createReportServices } from './services';

dressPage(document, t('report_title'));
const root = document.getElementById('root');
if (root) createRoot(root).render(<ReportApp services={createReportServices()} />);
