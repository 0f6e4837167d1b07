import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { copper } from '../lib/crm/copper';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(copper));
