import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { findRecords } from '../lib/crm/odoo-world';
import { answerWorld } from '../lib/crm/world-answer';

export default defineUnlistedScript(() =>
  answerWorld((handles) => findRecords((globalThis as { readonly owl?: unknown }).owl, handles)),
);
