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
    counts: ['a status that a person moved past "Not Contacted"; the API states no instant of it'],
    ignored: [
      'Last_Activity_Time: any change moves it',
      'calls, mails and meetings: the API lists them record by record',
      'Closing_Date: it is only hoped for',
    ],
  },
};
