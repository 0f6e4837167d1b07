import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { frappe } from '../lib/crm/frappe';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(frappe));
