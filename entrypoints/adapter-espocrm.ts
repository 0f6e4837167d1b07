import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { espocrm } from '../lib/crm/espocrm';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(espocrm));
