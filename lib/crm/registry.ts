/** All adapters in full, for tests and tools. A page gets its one adapter as a script of its own: `detectors`, `shelf`. */
import { demo } from './demo';
import { espocrm } from './espocrm';
import { tryton } from './tryton';
import type { CrmAdapter } from './types';

const shipped: readonly CrmAdapter[] = [espocrm, tryton];

export const adapters: readonly CrmAdapter[] = __DEMO_ADAPTER__ ? [...shipped, demo] : shipped;
