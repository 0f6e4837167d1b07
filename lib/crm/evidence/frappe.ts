import type { AdapterEvidence } from '../types';

const objects = ['CRM Lead', 'CRM Deal'] as const;

export const frappe: AdapterEvidence = {
  product: 'Frappe CRM 1',
  surfaces: [
    { kind: 'list', objects, seen: '2026-08', verified: 'public', page: [] },
    { kind: 'board', objects, seen: '2026-08', verified: 'public', page: [] },
    { kind: 'record', objects, seen: '2026-08', verified: 'public', page: [] },
  ],
  leftOut: [
    { surface: 'fields of rows, cards and records', why: 'no element names its field; the API has them' },
    { surface: 'grouped list', why: 'no evidence of its rows' },
    { surface: 'response_by and sla_status', why: 'Frappe’s own targets; the agreement sets ours' },
    { surface: 'closing of a deal', why: 'the field’s name differs between versions' },
  ],
  api: {
    how: 'GET /api/resource/CRM Lead (CRM Deal, Communication, CRM Call Log) with the session cookie',
    verified: 'public',
    fields: [
      'name',
      'status',
      'ownerId',
      'company',
      'source',
      'region',
      'email',
      'phone',
      'createdAt',
      'modifiedAt',
      'firstTouchAt',
      'lastTouchAt',
      'lastInboundAt',
    ],
  },
  touches: {
    counts: [
      'first_responded_on: a person changed the communication status, or answered by mail',
      'a mail that was sent from the record',
      'an outgoing call that was completed',
    ],
    ignored: [
      'automated messages, which Frappe files as such',
      'calls that nobody answered',
      'received mails and incoming calls: they are the lead’s',
    ],
  },
};
