import type { AdapterEvidence } from '../types';

const objects = ['Leads', 'Contacts', 'Potentials'] as const;

export const vtiger: AdapterEvidence = {
  product: 'vtiger 8.2',
  surfaces: [
    {
      kind: 'list',
      objects,
      seen: '2026-11',
      verified: 'capture',
      page: [
        'name',
        'status',
        'statusLabel',
        'owner',
        'ownerId',
        'company',
        'campaign',
        'source',
        'email',
        'phone',
        'createdAt',
        'modifiedAt',
      ],
    },
    {
      kind: 'record',
      objects,
      seen: '2026-11',
      verified: 'capture',
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
    { surface: 'fields on the Summary tab', why: 'they are listed there without internal names' },
    { surface: 'board', why: 'the open edition has none for leads' },
    { surface: 'vtiger’s cloud', why: 'no evidence of its hosts and pages' },
    { surface: 'session API', why: 'none is confirmed' },
    {
      surface: 'zone of shown times',
      why: 'no page but the settings states it: until the person sets it, an instant spans a day',
    },
  ],
  api: null,
  touches: {
    counts: [
      {
        en: 'a status that a person moved to "Attempted to Contact" or "Contacted"',
        es: 'un estado que una persona puso en «Attempted to Contact» o «Contacted»',
      },
    ],
    ignored: [
      {
        en: 'comments, tasks and calls in other tabs: they are not on the page',
        es: 'comentarios, tareas y llamadas de otras pestañas: no están en la página',
      },
    ],
  },
};
