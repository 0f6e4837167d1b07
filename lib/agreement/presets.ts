/**
 * Agreements to start from, each with where its figures come from. A preset is a complete document, in both languages: nothing that
 * is signed depends on a default that could change. Figures without a source are left for the two sides to write.
 */
import { defaultAgreement } from './default';
import type { AgreementDocument, DocumentCommitment, DocumentPromise } from './document';
import { documentOf } from './migrate';
import type { Condition, Target } from './schema';
import type { Label } from './words';

export const presetIds = ['standard', 'fast', 'moderate', 'agency-client'] as const;
export type PresetId = (typeof presetIds)[number];

export interface PresetFigure {
  readonly commitment: DocumentCommitment['id'];
  /** Id of the rule that it stands in. */
  readonly rule: string;
  readonly target: Target;
  readonly source: Label;
}

export interface Preset {
  readonly id: PresetId;
  readonly name: Label;
  readonly about: Label;
  readonly document: AgreementDocument;
  readonly figures: readonly PresetFigure[];
}

const working = (workingMinutes: number): Target => ({ workingMinutes, calendar: 'office' });
const elapsed = (elapsedMinutes: number): Target => ({ elapsedMinutes });
const both = (en: string, es: string): Label => ({ en, es });

interface Sourced {
  readonly id: string;
  readonly title: Label;
  readonly when?: Condition[];
  readonly target: Target;
  readonly source: Label;
}

const sources = {
  withinTheHour: both(
    'Oldroyd, McElheran and Elkington, "The Short Life of Online Sales Leads", Harvard Business Review, March 2011: firms that tried within an hour were nearly seven times as likely to qualify a lead as those that tried an hour later.',
    'Oldroyd, McElheran y Elkington, «The Short Life of Online Sales Leads», Harvard Business Review, marzo de 2011: las empresas que lo intentaron en la primera hora tuvieron casi siete veces más probabilidades de cualificar un lead que las que lo intentaron una hora después.',
  ),
  fourHours: both(
    'Margince, an open-source CRM: 240 minutes is its default for the first response to a lead.',
    'Margince, un CRM de código abierto: 240 minutos es su valor inicial para la primera respuesta a un lead.',
  ),
  offerWindow: both(
    'LeadAssign documentation: a lead is offered for 5 minutes by default, 3 to 15 are advised.',
    'Documentación de LeadAssign: un lead se ofrece 5 minutos por defecto y se aconsejan de 3 a 15.',
  ),
  fastTier: both(
    'ConvertlyCRM playbook: 5 minutes for demo and pricing requests, 15 minutes for the next tier; the slower of the two.',
    'Guía de ConvertlyCRM: 5 minutos para solicitudes de demo y precios y 15 para el siguiente nivel; aquí, el más lento de los dos.',
  ),
  bySource: both(
    'LeanScale advisory: 30 minutes for demo requests, 24 hours for content downloads.',
    'Consejo de LeanScale: 30 minutos para solicitudes de demo y 24 horas para descargas de contenido.',
  ),
  handOver: both(
    'A published hand-off protocol (jamon8888): 4 hours from marketing to the first sales contact.',
    'Un protocolo de traspaso publicado (jamon8888): 4 horas de marketing al primer contacto de ventas.',
  ),
  mirrored: both(
    'The time that sales has to accept, turned round: who waits for an answer waits no longer than who has to give one.',
    'El plazo de ventas para aceptar, a la inversa: quien espera una respuesta no espera más que quien debe darla.',
  ),
} as const;

const allLeads = both('All other leads', 'Los demás leads');
const demoRequest: Pick<Sourced, 'title' | 'when'> = {
  title: both('Demo request', 'Solicitud de demo'),
  when: [{ field: 'source', operator: 'contains', value: 'demo' }],
};

interface Promised {
  readonly id: DocumentCommitment['id'];
  readonly owedBy: DocumentCommitment['owedBy'];
  readonly clause: string;
  readonly title: Label;
  readonly text: Label;
  readonly aim: string;
  readonly rules: readonly Sourced[];
}

const accept = (...rules: readonly Sourced[]): Promised => ({
  id: 'accept',
  owedBy: 'sales',
  clause: '3.1',
  title: both('Accept or reject', 'Aceptar o rechazar'),
  text: both(
    'Sales accepts each lead in time, or rejects it with a reason.',
    'Ventas acepta cada lead a tiempo o lo rechaza con un motivo.',
  ),
  aim: 'leads-do-not-cool',
  rules,
});

const firstTouch = (...rules: readonly Sourced[]): Promised => ({
  id: 'first-touch',
  owedBy: 'sales',
  clause: '3.2',
  title: both('First touch', 'Primer contacto'),
  text: both(
    'A person contacts each lead in time. An automatic reply is no contact.',
    'Una persona contacta con cada lead a tiempo. Una respuesta automática no es un contacto.',
  ),
  aim: 'leads-do-not-cool',
  rules,
});

const fixData = (...rules: readonly Sourced[]): Promised => ({
  id: 'fix-data',
  owedBy: 'marketing',
  clause: '3.3',
  title: both('Mend data', 'Corregir datos'),
  text: both(
    'Marketing answers each flag about missing or wrong data in time.',
    'Marketing responde a tiempo a cada aviso de datos que faltan o son erróneos.',
  ),
  aim: 'leads-worth-taking',
  rules,
});

interface Written {
  readonly id: PresetId;
  readonly name: Label;
  readonly about: Label;
  readonly promised: readonly Promised[];
  readonly parties?: AgreementDocument['parties'];
  readonly promises?: readonly DocumentPromise[];
}

const everyLead = (target: Target, source: Label): Sourced => ({
  id: 'every-lead',
  title: both('Every lead', 'Todos los leads'),
  target,
  source,
});
const otherLeads = (target: Target, source: Label): Sourced => ({ id: 'other-leads', title: allLeads, target, source });
const demo = (target: Target, source: Label): Sourced => ({ id: 'demo-request', ...demoRequest, target, source });

const written: readonly Written[] = [
  {
    id: 'standard',
    name: both('Standard', 'Estándar'),
    about: both(
      'Sales accepts within four working hours and makes contact within one.',
      'Ventas acepta en cuatro horas laborables y contacta en una.',
    ),
    promised: [
      accept(everyLead(working(240), sources.fourHours)),
      firstTouch(everyLead(working(60), sources.withinTheHour)),
    ],
  },
  {
    id: 'fast',
    name: both('Fast', 'Rápido'),
    about: both(
      'For teams that live from demo requests: taken within 5 minutes, contacted within 15.',
      'Para equipos que viven de las solicitudes de demo: aceptadas en 5 minutos y contactadas en 15.',
    ),
    promised: [
      accept(demo(working(5), sources.offerWindow), otherLeads(working(240), sources.fourHours)),
      firstTouch(demo(working(15), sources.fastTier), otherLeads(working(60), sources.withinTheHour)),
    ],
  },
  {
    id: 'moderate',
    name: both('Moderate', 'Moderado'),
    about: both(
      'By source: half an hour for demo requests, a day for everything else.',
      'Según el origen: media hora para solicitudes de demo y un día para lo demás.',
    ),
    promised: [
      accept(everyLead(working(240), sources.fourHours)),
      firstTouch(demo(working(30), sources.bySource), otherLeads(elapsed(1_440), sources.bySource)),
    ],
  },
  {
    id: 'agency-client',
    name: both('Agency and client', 'Agencia y cliente'),
    about: both(
      'An agency delivers leads and a client works them; the agency owes answers about its data, too.',
      'Una agencia entrega leads y un cliente los trabaja; la agencia también debe respuestas sobre sus datos.',
    ),
    parties: { marketing: { label: both('Agency', 'Agencia') }, sales: { label: both('Client', 'Cliente') } },
    promised: [
      accept(everyLead(working(240), sources.handOver)),
      firstTouch(everyLead(working(240), sources.handOver)),
      fixData(everyLead(working(240), sources.mirrored)),
    ],
    promises: [
      {
        id: 'delivered',
        title: both('Leads delivered', 'Leads entregados'),
        owedBy: 'marketing',
        measure: 'hand-offs',
        per: 'month',
        aim: 'leads-worth-taking',
      },
      {
        id: 'accepted',
        title: both('Leads accepted', 'Leads aceptados'),
        owedBy: 'marketing',
        measure: 'accepted-share',
        per: 'month',
        aim: 'leads-worth-taking',
      },
    ],
  },
];

/** The presets, made when they are asked for. */
export function presets(): readonly Preset[] {
  return written.map(presetOf);
}

function presetOf({ id, name, about, promised, parties, promises }: Written): Preset {
  const base = documentOf(defaultAgreement);
  const document: AgreementDocument = {
    ...base,
    id,
    title: name,
    ...(parties ? { parties } : {}),
    services: {
      ...base.services,
      aims: [
        {
          id: 'leads-do-not-cool',
          text: both('No lead goes cold while it waits for us.', 'Ningún lead se enfría mientras nos espera.'),
        },
        { id: 'leads-worth-taking', text: both('Every lead is worth taking.', 'Todos los leads merecen la pena.') },
      ],
      commitments: promised.map(commitmentOf),
      availability: {
        ...base.services.availability,
        outOfHours: both(
          'Whatever comes in while nobody works starts its clock at the next opening.',
          'Lo que llega cuando nadie trabaja empieza a contar en la siguiente apertura.',
        ),
      },
    },
    management: {
      ...base.management,
      measures: [
        {
          id: 'attainment',
          formula: 'attainment',
          frequency: 'week',
          handler: both('Both sides', 'Ambas partes'),
        },
      ],
      reports: [{ id: 'monthly', measures: ['attainment'], every: 'month', to: [both('Both sides', 'Ambas partes')] }],
      clauses: promised.map(({ clause, title, text }) => ({ number: clause, title, text })),
      update: {
        text: both(
          'A change is proposed in writing, tried on open leads, and signed by both sides before it takes effect.',
          'Un cambio se propone por escrito, se prueba con los leads abiertos y lo firman ambas partes antes de entrar en vigor.',
        ),
        noticeDays: 0,
      },
      definitions: {
        ...base.management.definitions,
        touch: both(
          'A contact attempt by a person: a call, a mail, a meeting, a message or a visit. Automated mail is none.',
          'Un intento de contacto de una persona: una llamada, un correo, una reunión, un mensaje o una visita. El correo automático no cuenta.',
        ),
      },
      ...(promises ? { promises: [...promises] } : {}),
    },
  };
  const figures = promised.flatMap(({ id: commitment, rules }) =>
    rules.map(({ id: rule, target, source }) => ({ commitment, rule, target, source })),
  );
  return { id, name, about, document, figures };
}

function commitmentOf({ id, owedBy, clause, title, aim, rules }: Promised): DocumentCommitment {
  return {
    id,
    title,
    owedBy,
    clause,
    aim,
    rules: rules.map(({ source: _source, ...rule }) => ({ ...rule })),
  };
}
