import type { AdapterEvidence } from '../types';

const objects = ['opportunity', 'person'] as const;

export const twenty: AdapterEvidence = {
  product: 'Twenty of July to September 2025',
  surfaces: [
    { kind: 'list', objects, seen: '2026-11', verified: 'capture', page: ['name', 'company'] },
    { kind: 'board', objects, seen: '2026-11', verified: 'capture', page: ['name', 'company'] },
    {
      kind: 'record',
      objects,
      seen: '2026-11',
      verified: 'capture',
      page: ['name', 'statusLabel', 'company', 'createdAt'],
    },
  ],
  leftOut: [
    { surface: 'side panel', why: 'it shows a record without an address' },
    { surface: 'stage of a row', why: 'tables name no fields, and a board may be grouped by any of them' },
    { surface: 'owner of an opportunity', why: 'it has none of its own; the account owner of its company is read' },
    {
      surface: 'mails, meetings, tasks and notes as touches',
      why: 'no evidence tells a person’s from an automatic one',
    },
  ],
  api: {
    how: 'POST /graphql with the token that the page keeps in its cookie',
    verified: 'capture',
    seen: '2026-11',
    requests: 1,
    fields: ['name', 'status', 'owner', 'ownerId', 'company', 'source', 'email', 'phone', 'createdAt', 'modifiedAt'],
  },
  touches: {
    counts: [{ en: 'a stage that a person moved past "New"', es: 'una etapa que una persona llevó más allá de «New»' }],
    ignored: [
      {
        en: 'notes and tasks, which record work but no contact',
        es: 'notas y tareas, que registran trabajo pero no contacto',
      },
      { en: 'records that a mail or calendar import made', es: 'registros creados al importar correo o calendario' },
    ],
  },
};
