/** How pages, popup and panel talk to the worker. Types and transport only; validation is the worker's. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { WorkerProtocol } from './contract';

const messenger = defineExtensionMessaging<WorkerProtocol>();

export const askWorker = messenger.sendMessage;
