import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { vtiger } from '../lib/crm/vtiger';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(vtiger));
