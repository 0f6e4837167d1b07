import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createDesk } from '../lib/overlay/desk';
import { putDesk } from '../lib/overlay/desk-shelf';

export default defineUnlistedScript(() => putDesk(createDesk));
