import type { AdapterEvidence } from '../types';

export const close: AdapterEvidence = {
  product: 'Close 2026',
  surfaces: [
    { kind: 'list', objects: ['lead'], seen: '2026-01', verified: 'public', page: ['name', 'email', 'phone'] },
    { kind: 'board', objects: ['lead'], seen: '2026-01', verified: 'public', page: ['name'] },
  ],
  leftOut: [
    { surface: 'record', why: 'no evidence of what a lead’s own page looks like' },
    { surface: 'status in lists', why: 'columns are told by their headings alone, and persons choose and order them' },
    { surface: 'status on the board', why: 'it is an opportunity’s, and a lead may have several' },
    { surface: 'smart views under /search', why: 'no evidence of their rows' },
    { surface: 'inbox and tasks', why: 'rows of tasks, not of leads' },
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
