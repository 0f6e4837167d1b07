import type { AdapterEvidence } from '../types';

const objects = ['Leads', 'Contacts', 'Opportunities'] as const;

export const suitecrm: AdapterEvidence = {
  product: 'SuiteCRM 7 with the theme SuiteP',
  surfaces: [
    {
      kind: 'list',
      objects,
      seen: '2024-10',
      verified: 'public',
      page: ['name', 'statusLabel', 'owner', 'company', 'campaign', 'email', 'phone', 'createdAt', 'modifiedAt'],
    },
    {
      kind: 'record',
      objects,
      seen: '2024-10',
      verified: 'public',
      page: [
        'name',
        'status',
        'statusLabel',
        'owner',
        'ownerId',
        'company',
        'source',
        'email',
        'phone',
        'createdAt',
        'modifiedAt',
      ],
    },
  ],
  leftOut: [
    { surface: 'SuiteCRM 8', why: 'other pages (Angular), without evidence' },
    { surface: 'session API', why: 'none is known; the V8 API wants its own key' },
    { surface: 'status in lists', why: 'cells hold the translated label alone' },
    {
      surface: 'zone of shown times',
      why: 'the page states their distance from UTC today: until the person sets the zone, an instant spans two hours',
    },
    { surface: 'board', why: 'version 7 has none' },
  ],
  api: null,
  touches: {
    counts: [
      {
        en: 'a status that a person moved past "Assigned"',
        es: 'un estado que una persona llevó más allá de «Assigned»',
      },
    ],
    ignored: [
      {
        en: 'calls, meetings and mails in panels of related records: they are not read',
        es: 'llamadas, reuniones y correos de los paneles relacionados: no se leen',
      },
    ],
  },
};
