import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { attio } from '../lib/crm/attio';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(attio));
