import type { AdapterEvidence } from '../types';

export const zoho: AdapterEvidence = {
  product: 'Zoho CRM (2026, and the record page before it)',
  surfaces: [
    {
      kind: 'list',
      objects: ['Leads', 'Contacts', 'Potentials'],
      seen: '2026-02',
      verified: 'public',
      page: ['name', 'email', 'phone'],
    },
    {
      kind: 'board',
      objects: ['Potentials'],
      seen: '2026-02',
      verified: 'public',
      page: ['name', 'owner', 'statusLabel'],
    },
    { kind: 'record', objects: ['Leads', 'Contacts'], seen: '2026-08', verified: 'public', page: ['name', 'email'] },
  ],
  leftOut: [
    { surface: 'record of a deal', why: 'the id of its title is not known; its data comes from the API' },
    { surface: 'owner, status, source and dates on pages', why: 'headings are translated, column ids not known' },
    { surface: 'kanban of leads', why: 'seen for deals alone' },
    { surface: 'Canvas, table, tile and other views', why: 'an account designs them itself, or nothing is known' },
    { surface: 'CRM Plus, Zoho One, Bigin', why: 'other hosts and frames; nothing known but an address' },
    { surface: 'data centres other than com, eu, in, com.au, jp and ca', why: 'their addresses were not seen' },
  ],
  api: {
    how: 'documented GET /crm/v8/{module}?ids= and POST /crm/v8/coql with the session and the token that their own script sends',
    verified: 'public',
    seen: '2026-04',
    requests: 1,
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
      'closedAt',
      'modifiedAt',
    ],
  },
  touches: {
    counts: [
      {
        en: 'a status that a person moved past "Not Contacted"; the API states no instant of it',
        es: 'un estado que una persona llevó más allá de «Not Contacted»; la API no dice cuándo',
      },
    ],
    ignored: [
      { en: 'Last_Activity_Time: any change moves it', es: 'Last_Activity_Time: cualquier cambio la mueve' },
      {
        en: 'calls, mails and meetings: the API lists them record by record',
        es: 'llamadas, correos y reuniones: la API los lista registro a registro',
      },
      { en: 'Closing_Date: it is only hoped for', es: 'Closing_Date: solo es lo que se espera' },
    ],
  },
};
