import type { AdapterEvidence } from '../types';

export const pipedrive: AdapterEvidence = {
  product: 'Pipedrive (2024 to 2026)',
  surfaces: [
    {
      kind: 'list',
      objects: ['deal', 'lead', 'person'],
      seen: '2026-09',
      verified: 'public',
      page: ['name', 'company', 'phone'],
    },
    { kind: 'board', objects: ['deal'], seen: '2024-01', verified: 'public', page: ['name'] },
    { kind: 'record', objects: ['deal', 'lead'], seen: '2026-03', verified: 'public', page: ['name'] },
  ],
  leftOut: [
    { surface: 'record of a person', why: 'no selector of its title is known' },
    {
      surface: 'rows of the leads inbox without a link to the lead',
      why: 'the attribute that holds the id is not known',
    },
    {
      surface: 'meaning and name of an open deal’s stage',
      why: 'stages are records of each account, and a deal says the id alone: the agreement names those that mean something',
    },
    { surface: 'archived leads', why: 'they have no running clock' },
    { surface: 'forecast and timeline of deals', why: 'their addresses are not known' },
    { surface: 'owner, stage, source and dates on pages', why: 'only hashed classes and translated labels are known' },
    {
      surface: 'leads beyond the newest thousand in lists',
      why: 'the API has no filter by id; they are read on their own page and in the sweep',
    },
  ],
  api: {
    how: 'documented GET /api/v2/{deals,persons,activities}?ids= and /api/v1/leads, with the token of the session cookie that their own script sends to version 1; that version 2 takes it is not verified',
    verified: 'public',
    seen: '2026-09',
    requests: 2,
    fields: [
      'name',
      'status',
      'ownerId',
      'source',
      'email',
      'phone',
      'createdAt',
      'lastTouchAt',
      'lastInboundAt',
      'closedAt',
      'modifiedAt',
    ],
  },
  touches: {
    counts: [
      {
        en: 'the last outgoing mail of a connected mailbox (one that an automation sends through it cannot be told apart)',
        es: 'el último correo saliente de un buzón conectado (no se distingue del que una automatización envía por él)',
      },
      {
        en: 'the last done activity, if it is a call, meeting, email or lunch, when it was marked as done',
        es: 'la última actividad hecha, si es llamada, reunión, correo o comida, cuando se marcó como hecha',
      },
    ],
    ignored: [
      { en: 'planned activities, tasks and deadlines', es: 'actividades, tareas y plazos planificados' },
      {
        en: 'activities of types that an account made itself',
        es: 'actividades de tipos creados por la propia cuenta',
      },
      {
        en: 'incoming mails: they start the clock of an answer',
        es: 'correos entrantes: empiezan el plazo de una respuesta',
      },
      { en: 'notes, labels and changed fields', es: 'notas, etiquetas y campos cambiados' },
      {
        en: 'mails and activities of leads in the inbox: their lists do not state them',
        es: 'correos y actividades de leads en la bandeja: sus listas no los dicen',
      },
    ],
  },
};
