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
      why: 'pages show labels, which an org may translate or rename; so no status of Salesforce has a meaning for the clocks, and verdicts and touches are entered by hand',
    },
    {
      surface: 'columns of a list',
      why: 'their headings are localised, and no public page shows that the keys of its cells carry API names',
    },
    {
      surface: 'dates that could be two',
      why: "the page's language is not the person's locale: 4/3/2026 is read only where the other date of the page settles the order; the zone is on no page, so each instant is known to about a day",
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
    counts: ['the first call that Sales Engagement keeps (FirstCallDateTime), where the page shows it'],
    ignored: ['the first mail (a cadence may have sent it)', 'LastActivityDate (tasks and events of any kind)'],
  },
};
