import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { demo } from '../lib/crm/demo';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(demo));
