import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { tryton } from '../lib/crm/tryton';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(tryton));
