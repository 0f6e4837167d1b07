import type { AdapterEvidence } from '../types';

export const attio: AdapterEvidence = {
  product: 'Attio, 2026',
  surfaces: [],
  leftOut: [
    { surface: 'record', why: 'the address of a person is documented, what its page is made of is not' },
    { surface: 'list and board', why: 'public sources only guess at rows and links' },
    { surface: 'deals', why: 'the documentation gives them the address of a person' },
    { surface: 'api', why: 'on another host, with a token; nothing is known of one for the session' },
  ],
  api: null,
  touches: { counts: [], ignored: [] },
};
