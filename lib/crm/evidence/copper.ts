import type { AdapterEvidence } from '../types';

export const copper: AdapterEvidence = {
  product: 'Copper, July 2026',
  surfaces: [
    {
      kind: 'list',
      objects: ['people', 'leads', 'opportunities'],
      seen: '2026-07',
      verified: 'public',
      page: ['name'],
    },
    {
      kind: 'record',
      objects: ['people', 'leads', 'opportunities'],
      seen: '2026-07',
      verified: 'public',
      page: ['name', 'company', 'owner', 'email', 'phone', 'lastTouchAt'],
    },
  ],
  leftOut: [
    { surface: 'board of opportunities', why: 'its address is known, its cards are not' },
    { surface: 'panel in another language than English', why: 'only placeholders tell its inputs apart' },
    { surface: 'status, stage, source and dates of a record', why: 'no public page shows how they are marked' },
    { surface: 'id of the owner', why: 'the panel shows a name' },
    {
      surface: 'api',
      why: 'the documented one is on another host and needs a key; the one of the pages is known from a single bookmarklet',
    },
  ],
  api: null,
  touches: {
    counts: [
      {
        en: 'a phone call that somebody logged, from the activities on the page',
        es: 'una llamada que alguien registró, de las actividades de la página',
      },
    ],
    ignored: [
      {
        en: 'mails, notes, meetings and changes: how the page marks them is not known',
        es: 'correos, notas, reuniones y cambios: no se sabe cómo los marca la página',
      },
    ],
  },
};
