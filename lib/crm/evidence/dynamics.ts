import type { AdapterEvidence } from '../types';

export const dynamics: AdapterEvidence = {
  product: 'Dynamics 365 Sales, Unified Interface (online)',
  surfaces: [
    {
      kind: 'list',
      objects: ['lead', 'contact', 'opportunity'],
      seen: '2026-05',
      verified: 'public',
      page: ['name', 'statusLabel', 'owner', 'company', 'campaign', 'email', 'phone'],
    },
    {
      kind: 'record',
      objects: ['lead', 'contact', 'opportunity'],
      seen: '2026-09',
      verified: 'public',
      page: ['name', 'statusLabel', 'owner', 'company', 'campaign', 'email', 'phone'],
    },
  ],
  leftOut: [
    { surface: 'kanban control', why: 'no public evidence of its elements or of an address of its own' },
    {
      surface: 'views that do not show the name',
      why: 'the grid has no record id in its rows; the name is what is checked',
    },
    { surface: 'status in the classic header', why: 'no evidence which of its elements is the value' },
    { surface: 'created on', why: 'shown in the format of the person; the API has the instant' },
    {
      surface: 'a record under a dialog with a form, or beside another session',
      why: 'nothing in the page says which of the forms the address means',
    },
    { surface: 'on-premises', why: 'only the hosts of the online service are evidenced' },
    { surface: 'contacts in the sweep', why: 'every contact that is not deactivated is open' },
  ],
  api: {
    how: 'GET /api/data/v9.2/{table} with the session cookie; one request each for mails, calls and appointments',
    verified: 'public',
    seen: '2026-05',
    requests: 4,
    fields: [
      'name',
      'status',
      'statusLabel',
      'owner',
      'ownerId',
      'company',
      'source',
      'campaign',
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
      {
        en: 'an outgoing mail that was sent, filed with the lead',
        es: 'un correo saliente enviado y guardado con el lead',
      },
      {
        en: 'an outgoing phone call that was completed, with or without an answer',
        es: 'una llamada saliente completada, con o sin respuesta',
      },
      { en: 'an appointment that was completed', es: 'una cita completada' },
    ],
    ignored: [
      { en: 'what a workflow created', es: 'lo que creó un flujo de trabajo' },
      {
        en: 'mails, calls and appointments that are planned, failed or cancelled',
        es: 'correos, llamadas y citas planificados, fallidos o cancelados',
      },
      { en: 'activities that are not filed with the lead', es: 'actividades que no están guardadas con el lead' },
      {
        en: 'journeys and other bulk mail, which are no activities of the lead',
        es: 'recorridos y otros correos masivos, que no son actividades del lead',
      },
    ],
  },
};
