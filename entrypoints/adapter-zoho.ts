import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { zoho } from '../lib/crm/zoho';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(zoho));
