import type { AdapterEvidence } from '../types';

export const hubspot: AdapterEvidence = {
  product: 'HubSpot 2023 to 2026',
  surfaces: [
    {
      kind: 'list',
      objects: ['0-1', '0-3', '0-136'],
      seen: '2026-09',
      verified: 'public',
      page: ['name', 'statusLabel', 'company', 'email', 'phone'],
    },
    {
      kind: 'board',
      objects: ['0-1', '0-3', '0-136'],
      seen: '2026-09',
      verified: 'public',
      page: ['name', 'statusLabel'],
    },
    { kind: 'record', objects: ['0-1', '0-3', '0-136'], seen: '2026-04', verified: 'public', page: ['name'] },
  ],
  leftOut: [
    {
      surface: 'properties in the sidebar of a record',
      why: 'inputs hold what somebody types; the API says the same, raw',
    },
    { surface: 'preview panel', why: 'it has no address of its own' },
    { surface: 'owners and dates in lists', why: 'localised words, also for "nobody"; the API says ids and instants' },
    { surface: 'raw stage of a board', why: 'nothing says whether a column is known by its stage or by its place' },
    { surface: 'prospecting workspace', why: 'no evidence' },
    {
      surface: 'who is signed in',
      why: 'no evidence on the page, and none for an endpoint of its own origin; for the sweep it is the owner of the name in the settings',
    },
  ],
  api: {
    how: 'POST /api/crm-search/search with the session cookie and its token; GET /api/crm/v3/owners for names, and for who is signed in: the owner of the name that the person gives in the settings',
    verified: 'public',
    seen: '2026-08',
    requests: 2,
    fields: [
      'name',
      'status',
      'owner',
      'ownerId',
      'company',
      'source',
      'email',
      'phone',
      'createdAt',
      'handedOverAt',
      'assignedAt',
      'firstTouchAt',
      'closedAt',
      'modifiedAt',
    ],
  },
  touches: {
    counts: [
      {
        en: 'the first outreach by a rep (hs_first_outreach_date, contacts only)',
        es: 'el primer contacto de un comercial (hs_first_outreach_date, solo en contactos)',
      },
      {
        en: 'a lead status or stage that says that the lead was contacted',
        es: 'un estado o etapa que dice que se contactó con el lead',
      },
    ],
    ignored: [
      {
        en: 'hs_sa_first_engagement_date: begins anew with each owner',
        es: 'hs_sa_first_engagement_date: vuelve a empezar con cada propietario',
      },
      {
        en: 'notes_last_contacted: a call, mail or meeting was logged, whoever made it',
        es: 'notes_last_contacted: se registró una llamada, correo o reunión, la hiciera quien la hiciera',
      },
      {
        en: 'hs_last_sales_activity_timestamp: what the lead did, such as opening a mail',
        es: 'hs_last_sales_activity_timestamp: lo que hizo el lead, como abrir un correo',
      },
      { en: 'marketing mails', es: 'correos de marketing' },
    ],
  },
};
