import type { AdapterEvidence } from '../types';

export const monday: AdapterEvidence = {
  product: 'monday CRM 2026',
  surfaces: [
    { kind: 'list', objects: ['any board, by its id'], seen: '2026-09', verified: 'public', page: ['name'] },
    { kind: 'board', objects: ['any board, by its id'], seen: '2026-01', verified: 'public', page: [] },
    { kind: 'record', objects: ['any board, by its id'], seen: '2026-01', verified: 'public', page: ['name'] },
  ],
  leftOut: [
    {
      surface: 'which boards hold leads',
      why: 'nothing in a page says so; each board is a record type of its own, and the agreement names those that count',
    },
    {
      surface: 'columns: status, owner, source, dates',
      why: 'no evidence of their cells; some tables draw them on a canvas',
    },
    { surface: 'a main table drawn on a canvas', why: 'its rows say their item and show no name to stand beside' },
    { surface: 'names on kanban cards', why: 'no evidence where a card has its name' },
    { surface: 'subitems', why: 'they lie on a board of their own under the same address' },
    {
      surface: 'my work, dashboards and calendars',
      why: 'rows of several boards, whose ids the address does not tell',
    },
    { surface: 'statuses', why: 'every board has labels of its own; the vendor ships none that hold everywhere' },
    { surface: 'who is signed in', why: 'no evidence' },
  ],
  api: null,
  touches: {
    counts: [],
    ignored: [
      {
        en: 'contact attempts: nothing that the page shows dates them',
        es: 'intentos de contacto: nada de lo que muestra la página les pone fecha',
      },
    ],
  },
};
