import { createRoot } from 'react-dom/client';
import { BulkBar } from '../../components/bulk/bulk-bar';
import { TouchOffer } from '../../components/bulk/touch-offer';
import '../../components/tokens.css';
import { dressPage } from '../../components/ui/theme';
import { t } from '../../lib/platform/i18n';
import { createBulkServices, offeredChannel } from './services';

const channel = offeredChannel(location.hash);
dressPage(document, t(channel === null ? 'badge_bar_title' : 'badge_offer_title'));
const root = document.getElementById('root');
const services = createBulkServices(location.hash);
if (root)
  createRoot(root).render(
    channel === null ? <BulkBar services={services} /> : <TouchOffer services={services} channel={channel} />,
  );
