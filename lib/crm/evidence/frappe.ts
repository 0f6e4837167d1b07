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
    { surface: 'contacts', why: 'no evidence of their rows and pages; a lead and a deal hold the person' },
    { surface: 'fields of rows, cards and records', why: 'no element names its field; the API has them' },
    { surface: 'grouped list', why: 'no evidence of its rows' },
    { surface: 'response_by and sla_status', why: 'Frappe’s own targets; the agreement sets ours' },
    { surface: 'closing of a deal', why: 'the field’s name differs between versions' },
  ],
  api: {
    how: 'GET /api/resource/CRM Lead (CRM Deal, Communication, CRM Call Log) with the session cookie',
    verified: 'public',
    seen: '2026-08',
    requests: 3,
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
      {
        en: 'first_responded_on: a person changed the communication status, or answered by mail',
        es: 'first_responded_on: una persona cambió el estado de comunicación o respondió por correo',
      },
      { en: 'a mail that was sent from the record', es: 'un correo enviado desde el registro' },
      { en: 'an outgoing call that was completed', es: 'una llamada saliente completada' },
    ],
    ignored: [
      {
        en: 'automated messages, which Frappe files as such',
        es: 'mensajes automáticos, que Frappe guarda como tales',
      },
      { en: 'calls that nobody answered', es: 'llamadas que nadie contestó' },
      {
        en: 'received mails and incoming calls: they are the lead’s',
        es: 'correos recibidos y llamadas entrantes: son del lead',
      },
    ],
  },
};
