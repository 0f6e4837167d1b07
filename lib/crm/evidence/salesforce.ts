import type { AdapterEvidence } from '../types';

export const salesforce: AdapterEvidence = {
  product: 'Salesforce Lightning Experience, 2026',
  surfaces: [
    {
      kind: 'list',
      objects: ['Lead', 'Contact', 'Opportunity'],
      seen: '2026-01',
      verified: 'public',
      page: ['name'],
    },
    {
      kind: 'board',
      objects: ['Opportunity'],
      seen: '2026-01',
      verified: 'public',
      page: ['name', 'statusLabel'],
    },
    {
      kind: 'record',
      objects: ['Lead', 'Contact', 'Opportunity'],
      seen: '2026-09',
      verified: 'public',
      page: [
        'name',
        'statusLabel',
        'owner',
        'ownerId',
        'company',
        'email',
        'phone',
        'createdAt',
        'modifiedAt',
        'firstTouchAt',
      ],
    },
  ],
  leftOut: [
    {
      surface: 'api',
      why: 'the host of the pages refuses /services/data without a permission for cookies, and no other read for the session alone is documented',
    },
    {
      surface: 'status and source of a record',
      why: 'pages show labels, which an org may translate or rename: a label means what the agreement says of it, the shipped English ones included, and nothing otherwise',
    },
    {
      surface: 'columns of a list',
      why: 'their headings are localised, and no public page shows that the keys of its cells carry API names',
    },
    {
      surface: 'dates that could be two',
      why: "the page's language is not the person's locale: 4/3/2026 is read only where the other date of the page settles the order, or the person has set it",
    },
    {
      surface: 'zone of shown times',
      why: 'on no page: until the person sets it, each instant is known to about a day',
    },
    { surface: 'kanban of leads', why: 'the same component by all signs, but seen with opportunities alone' },
    { surface: 'Pipeline Inspection', why: 'no public page shows which record a row is of' },
    { surface: 'who is signed in', why: 'the page names nobody before its menu is opened' },
    { surface: 'person accounts', why: 'accounts are no leads here' },
    {
      surface: 'native shadow roots',
      why: 'in beta at Salesforce: roots are looked into by the names that its page objects give, and no page with them was seen',
    },
    { surface: 'crmforce.mil', why: 'not known whether Lightning pages are there' },
  ],
  api: null,
  touches: {
    counts: [
      {
        en: 'a status that a person moved to "Working - Contacted", or to another label that the agreement names',
        es: 'un estado que una persona puso en «Working - Contacted» o en otra etiqueta que nombra el acuerdo',
      },
      {
        en: 'the first call that Sales Engagement keeps (FirstCallDateTime), where the page shows it',
        es: 'la primera llamada que guarda Sales Engagement (FirstCallDateTime), donde la página la muestra',
      },
    ],
    ignored: [
      {
        en: 'the first mail (a cadence may have sent it)',
        es: 'el primer correo (puede haberlo enviado una cadencia)',
      },
      {
        en: 'LastActivityDate (tasks and events of any kind)',
        es: 'LastActivityDate (tareas y eventos de cualquier tipo)',
      },
    ],
  },
};
