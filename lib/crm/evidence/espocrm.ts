import type { AdapterEvidence } from '../types';

export const espocrm: AdapterEvidence = {
  product: 'EspoCRM 7.1 to 9',
  surfaces: [
    {
      kind: 'list',
      objects: ['Lead', 'Opportunity'],
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'statusLabel', 'owner', 'ownerId', 'company', 'campaign', 'email', 'phone', 'createdAt'],
    },
    {
      kind: 'board',
      objects: ['Lead', 'Opportunity'],
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'status', 'owner', 'ownerId', 'company'],
    },
    {
      kind: 'record',
      objects: ['Lead', 'Opportunity'],
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'statusLabel', 'owner', 'ownerId', 'company', 'campaign', 'email', 'phone', 'createdAt'],
    },
  ],
  leftOut: [
    {
      surface: 'contacts',
      why: 'no page of them was captured, and what was done with one is filed with its account, so a touch would be overlooked',
    },
  ],
  api: {
    how: 'GET api/v1/{entity}, Email, Call and Meeting, with the session cookie',
    verified: 'capture',
    seen: '2026-11',
    requests: 4,
    fields: [
      'name',
      'status',
      'owner',
      'ownerId',
      'company',
      'campaign',
      'source',
      'email',
      'phone',
      'createdAt',
      'modifiedAt',
      'closedAt',
      'firstTouchAt',
      'lastTouchAt',
      'lastInboundAt',
    ],
  },
  touches: {
    counts: [
      { en: 'a mail that was sent', es: 'un correo enviado' },
      { en: 'a call or meeting that was held', es: 'una llamada o reunión celebrada' },
      {
        en: 'a status that a person moved past "Assigned"',
        es: 'un estado que una persona llevó más allá de «Assigned»',
      },
    ],
    ignored: [
      { en: 'automatic replies', es: 'respuestas automáticas' },
      { en: 'mails of the system', es: 'correos del sistema' },
      { en: 'calls that came in: they are the lead’s', es: 'llamadas entrantes: son del lead' },
      {
        en: 'received mails: Espo files them as archived, like mails that a person files',
        es: 'correos recibidos: Espo los guarda como archivados, igual que los que archiva una persona',
      },
      { en: 'stream notes', es: 'notas del flujo de actividad' },
    ],
  },
};
