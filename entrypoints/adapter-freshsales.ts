import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { freshsales } from '../lib/crm/freshsales';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(freshsales));
