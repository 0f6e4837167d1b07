import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { twenty } from '../lib/crm/twenty';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(twenty));
