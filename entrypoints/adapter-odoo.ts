import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { odoo } from '../lib/crm/odoo';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(odoo));
