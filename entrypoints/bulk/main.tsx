import { BulkBar } from '../../components/bulk/bulk-bar';
import { TouchOffer } from '../../components/bulk/touch-offer';
import { showPage } from '../../components/show-page';
import '../../components/tokens.css';
import { t } from '../../lib/platform/i18n';
import { createBulkServices, offeredChannel } from './services';

const channel = offeredChannel(location.hash);
const services = createBulkServices(location.hash);
void showPage({
  title: () => t(channel === null ? 'badge_bar_title' : 'badge_offer_title'),
  content: () =>
    channel === null ? <BulkBar services={services} /> : <TouchOffer services={services} channel={channel} />,
});
