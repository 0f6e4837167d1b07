import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { pipedrive } from '../lib/crm/pipedrive';
import { putAdapter } from '../lib/crm/shelf';

export default defineUnlistedScript(() => putAdapter(pipedrive));
