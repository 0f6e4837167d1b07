import type { AdapterEvidence } from '../types';

export const espocrm: AdapterEvidence = {
  product: 'EspoCRM 7.1 to 9',
  surfaces: [
    {
      kind: 'list',
      objects: ['Lead', 'Opportunity'],
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'statusLabel', 'owner', 'ownerId', 'company', 'campaign', 'email', 'phone'],
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
      page: ['name', 'statusLabel', 'owner', 'ownerId', 'company', 'campaign', 'email', 'phone'],
    },
  ],
  leftOut: [],
  api: {
    how: 'GET api/v1/{entity}, Email, Call and Meeting, with the session cookie',
    verified: 'capture',
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
    counts: ['a mail that was sent', 'a call or meeting that was held', 'a status that a person moved past "Assigned"'],
    ignored: [
      'automatic replies',
      'mails of the system',
      'calls that came in: they are the lead’s',
      'received mails: Espo files them as archived, like mails that a person files',
      'stream notes',
    ],
  },
};
