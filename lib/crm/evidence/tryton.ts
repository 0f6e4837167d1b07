import type { AdapterEvidence } from '../types';

export const tryton: AdapterEvidence = {
  product: 'Tryton 6.0',
  surfaces: [
    { kind: 'list', objects: ['sale.opportunity'], seen: '2026-11', verified: 'live', page: [] },
    {
      kind: 'record',
      objects: ['sale.opportunity'],
      seen: '2026-11',
      verified: 'live',
      page: ['name', 'status', 'statusLabel'],
    },
  ],
  leftOut: [
    {
      surface: 'parties (party.party)',
      why: 'they have neither a status nor an owner, and no page of them was captured',
    },
    { surface: 'board', why: 'sao has none for opportunities' },
  ],
  api: {
    how: 'POST /{database}/ model.sale.opportunity.search_read with the session that the page keeps',
    verified: 'live',
    seen: '2026-11',
    requests: 2,
    fields: ['name', 'status', 'owner', 'ownerId', 'company', 'createdAt', 'modifiedAt', 'closedAt'],
  },
  touches: {
    counts: [{ en: 'turning a lead into an opportunity', es: 'convertir un lead en oportunidad' }],
    ignored: [
      { en: 'contact attempts: Tryton keeps no record of them', es: 'intentos de contacto: Tryton no los registra' },
    ],
  },
};
