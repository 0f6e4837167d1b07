import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { suitecrm } from '../lib/crm/suitecrm';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(suitecrm));
