import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { close } from '../lib/crm/close';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(close));
