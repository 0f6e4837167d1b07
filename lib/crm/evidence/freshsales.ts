import type { AdapterEvidence } from '../types';

export const freshsales: AdapterEvidence = {
  product: 'Freshsales (Freshworks CRM, 2026)',
  surfaces: [{ kind: 'list', objects: ['contacts'], seen: '2026-09', verified: 'public', page: ['name'] }],
  leftOut: [
    { surface: 'record', why: 'only its address is known, nothing of the page' },
    { surface: 'list and board of deals', why: 'both have one address, and neither a row nor a card is known' },
    { surface: 'leads', why: 'accounts of today have none, and no page of them was seen' },
    { surface: 'classic accounts (freshsales.io)', why: 'only addresses are known' },
    { surface: 'every field of a contact but the name', why: 'the columns are known by translated headings alone' },
    {
      surface: 'the API',
      why: 'with the session, /crm/sales answers one record at a time, or a page of a view whose order and page the address does not say; the documented API wants a key',
    },
  ],
  api: null,
  touches: {
    counts: [],
    ignored: [
      {
        en: 'everything: the list shows no date and no activity that can be read; touches are logged by hand',
        es: 'todo: la lista no muestra fechas ni actividades que se puedan leer; los contactos se registran a mano',
      },
    ],
  },
};
