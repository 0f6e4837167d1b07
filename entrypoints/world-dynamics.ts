import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { findRows } from '../lib/crm/dynamics-world';
import { answerWorld } from '../lib/crm/world-answer';

export default defineUnlistedScript(() =>
  answerWorld((handles) =>
    findRows((globalThis as { readonly getCurrentXrmStatus?: () => unknown }).getCurrentXrmStatus?.(), handles),
  ),
);
