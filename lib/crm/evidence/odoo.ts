import type { AdapterEvidence } from '../types';

export const odoo: AdapterEvidence = {
  product: 'Odoo 17 and 18',
  surfaces: [
    {
      kind: 'list',
      objects: ['crm.lead'],
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'statusLabel', 'owner', 'company', 'campaign', 'source', 'email', 'phone', 'createdAt'],
    },
    { kind: 'board', objects: ['crm.lead'], seen: '2026-11', verified: 'capture', page: ['name', 'owner'] },
    {
      kind: 'record',
      objects: ['crm.lead'],
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'statusLabel', 'owner', 'email', 'phone'],
    },
  ],
  leftOut: [
    { surface: 'contacts (res.partner)', why: 'no page of them was captured; they have neither a stage nor a closing' },
    { surface: 'stage of a board card', why: 'a board may be grouped by anything, and the page does not say by what' },
    { surface: 'creation date elsewhere', why: 'only a list shows it, and only if its column is switched on' },
    { surface: 'dialogs, calendar, activity, pivot and graph views', why: 'no page was captured' },
    { surface: 'lists of other record types', why: 'Odoo 18 names the type in its headings, Odoo 17 in the address' },
    { surface: 'bar of stages in Odoo 17', why: 'only a lead was captured there, which has none' },
  ],
  api: {
    // Leads as captured; messages and session after public sources.
    how: 'POST /web/dataset/call_kw of crm.lead and mail.message with the session cookie',
    verified: 'public',
    seen: '2026-11',
    requests: 3,
    fields: [
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
      'assignedAt',
      'firstTouchAt',
      'lastTouchAt',
      'lastInboundAt',
      'closedAt',
      'modifiedAt',
    ],
  },
  touches: {
    counts: [
      {
        en: 'messages and mails of internal users in the lead’s thread',
        es: 'mensajes y correos de usuarios internos en el hilo del lead',
      },
      {
        en: 'calls and meetings that a person marks as done',
        es: 'llamadas y reuniones que una persona marca como hechas',
      },
      {
        en: 'a stage that a person moved past the first one',
        es: 'una etapa que una persona llevó más allá de la primera',
      },
    ],
    ignored: [
      { en: 'log notes', es: 'notas internas' },
      { en: 'tracked changes', es: 'cambios registrados' },
      { en: 'mailings and mails that Odoo sends by itself', es: 'envíos masivos y correos que Odoo manda por sí solo' },
      { en: 'other activities that are done', es: 'otras actividades hechas' },
      {
        en: 'messages of colleagues whose user is archived: Odoo no longer tells them from customers',
        es: 'mensajes de compañeros con el usuario archivado: Odoo ya no los distingue de los clientes',
      },
    ],
  },
};
