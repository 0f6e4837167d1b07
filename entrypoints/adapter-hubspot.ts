import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { hubspot } from '../lib/crm/hubspot';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(hubspot));
