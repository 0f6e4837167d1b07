import { instantFields } from '../../lead/lead';
import type { AdapterEvidence } from '../types';

const shown = ['name', 'status', 'owner', 'ownerId', 'company', 'tier'] as const;
const inList = [...shown, 'statusLabel', 'source', 'region'] as const;

export const demo: AdapterEvidence = {
  product: 'Demo CRM 1 (test builds only)',
  surfaces: [
    { kind: 'list', objects: ['lead'], seen: '2026-11', verified: 'live', page: inList },
    { kind: 'board', objects: ['lead'], seen: '2026-11', verified: 'live', page: shown },
    {
      kind: 'record',
      objects: ['lead'],
      seen: '2026-11',
      verified: 'live',
      page: [...inList, 'campaign', 'email', 'phone'],
    },
  ],
  leftOut: [],
  api: {
    how: 'GET /api/leads with the session cookie',
    verified: 'live',
    seen: '2026-11',
    requests: 1,
    fields: [...inList, 'campaign', 'email', 'phone', ...instantFields],
  },
  touches: {
    counts: [
      { en: 'the first and last touch that the CRM dates', es: 'el primer y el último contacto que el CRM fecha' },
    ],
    ignored: [],
  },
};
