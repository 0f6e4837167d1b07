import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { dynamics } from '../lib/crm/dynamics';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(dynamics));
