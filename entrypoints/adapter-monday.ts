import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { monday } from '../lib/crm/monday';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(monday));
