import { ReportApp } from '../../components/report/report-app';
import { showPage } from '../../components/show-page';
import '../../components/tokens.css';
import { t } from '../../lib/platform/i18n';
import { createReportServices } from './services';

const services = createReportServices();
void showPage({ title: () => t('report_title'), content: () => <ReportApp services={services} /> });
