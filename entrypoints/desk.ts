/** Wiring: the desk for the content script, and what is on hand at it for the worker. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { askWorker, onWorkerMessage } from '../lib/messages/page';
import { createDesk } from '../lib/overlay/desk';
import { putDesk } from '../lib/overlay/desk-shelf';

export default defineUnlistedScript(() =>
  putDesk((options) => {
    const { signal } = options;
    // A moment later: the page is being left, or only now being read, and is asked once for all that happens at a time.
    const tell = (): void => queueMicrotask(() => void askWorker('onHand', desk.onHand()).catch(() => {}));
    const desk = createDesk({ ...options, onHandChanged: tell });
    onWorkerMessage('sayOnHand', tell, signal);
    signal.addEventListener('abort', tell);
    tell();
    return desk;
  }),
);
