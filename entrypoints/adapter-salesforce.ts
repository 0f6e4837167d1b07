import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { salesforce } from '../lib/crm/salesforce';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(salesforce));
