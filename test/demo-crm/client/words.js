/** The CRM's own words in two languages, and its dates: to the minute, in the CRM user's zone, as real CRMs show them. */

const catalogue = {
  en: {
    leads: 'Leads', board: 'Board', all: 'All leads', search: 'Search name or company', mine: 'My leads', everybody: 'Everyone',
    anyStatus: 'Any status', 'field.name': 'Name', 'field.company': 'Company', 'field.status': 'Status', 'field.owner': 'Owner',
    'field.source': 'Source', 'field.campaign': 'Campaign', 'field.region': 'Region', 'field.tier': 'Tier', 'field.email': 'Email',
    'field.phone': 'Phone', 'field.createdAt': 'Created', 'field.handedOverAt': 'Handed over', 'field.assignedAt': 'Assigned',
    'field.firstTouchAt': 'First contact', 'field.lastTouchAt': 'Last contact', 'field.lastInboundAt': 'Last message from the lead',
    'field.heldAt': 'On hold since', 'field.closedAt': 'Closed', 'field.modifiedAt': 'Changed',
    'status.new': 'New', 'status.accepted': 'Accepted', 'status.working': 'Working', 'status.on-hold': 'On hold', 'status.won': 'Won',
    'status.lost': 'Lost', 'action.accept': 'Accept', 'action.call': 'Log call', 'action.hold': 'Put on hold', 'action.resume': 'Resume',
    'action.won': 'Won', 'action.lost': 'Lost', refresh: 'Refresh', previous: 'Previous', next: 'Next', details: 'Details',
    activity: 'Activity', notes: 'Notes', notesHint: 'What should a colleague know about this lead?', unassigned: 'Nobody',
    reassign: 'Assign to…', move: 'Move…', noLeads: 'No leads match. Clear the search or choose another status.', language: 'Language',
    signOut: 'Sign out', contact: 'Contact', origin: 'Where it comes from', dates: 'Dates', gone: 'There is no such lead.',
    'failed.401': 'Your session has ended. Sign in again.', 'failed.429': 'Too many requests. Try again in a moment.',
    'failed.other': 'The server did not answer as expected. Try again.',
  },
  es: {
    leads: 'Clientes potenciales', board: 'Tablero', all: 'Todos', search: 'Buscar nombre o empresa', mine: 'Los míos', everybody: 'De todos',
    anyStatus: 'Cualquier estado', 'field.name': 'Nombre', 'field.company': 'Empresa', 'field.status': 'Estado', 'field.owner': 'Responsable',
    'field.source': 'Origen', 'field.campaign': 'Campaña', 'field.region': 'Región', 'field.tier': 'Nivel', 'field.email': 'Correo',
    'field.phone': 'Teléfono', 'field.createdAt': 'Creado', 'field.handedOverAt': 'Entregado', 'field.assignedAt': 'Asignado',
    'field.firstTouchAt': 'Primer contacto', 'field.lastTouchAt': 'Último contacto', 'field.lastInboundAt': 'Último mensaje recibido',
    'field.heldAt': 'En espera desde', 'field.closedAt': 'Cerrado', 'field.modifiedAt': 'Modificado',
    'status.new': 'Nuevo', 'status.accepted': 'Aceptado', 'status.working': 'En curso', 'status.on-hold': 'En espera', 'status.won': 'Ganado',
    'status.lost': 'Perdido', 'action.accept': 'Aceptar', 'action.call': 'Anotar llamada', 'action.hold': 'Poner en espera',
    'action.resume': 'Reanudar', 'action.won': 'Ganado', 'action.lost': 'Perdido', refresh: 'Actualizar', previous: 'Anterior',
    next: 'Siguiente', details: 'Detalles', activity: 'Actividad', notes: 'Notas', notesHint: '¿Qué debe saber un compañero de este cliente?',
    unassigned: 'Nadie', reassign: 'Asignar a…', move: 'Mover…', noLeads: 'Ninguno coincide. Borra la búsqueda o elige otro estado.',
    language: 'Idioma', signOut: 'Cerrar sesión', contact: 'Contacto', origin: 'De dónde viene', dates: 'Fechas', gone: 'No existe ese cliente.',
    'failed.401': 'La sesión ha terminado. Entra de nuevo.', 'failed.429': 'Demasiadas peticiones. Prueba en un momento.',
    'failed.other': 'El servidor no respondió como se esperaba. Prueba otra vez.',
  },
}; // prettier-ignore

export const statuses = ['new', 'accepted', 'working', 'on-hold', 'won', 'lost'];

/** A setting: from the address, else as it was chosen before, else the default. @param {string} name @param {string} otherwise */
function setting(name, otherwise) {
  const given = new URLSearchParams(location.search).get(name);
  if (given !== null) localStorage.setItem(name, given);
  return localStorage.getItem(name) ?? otherwise;
}

export const lang = setting('lang', 'en') === 'es' ? 'es' : 'en';
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {string} zone */
function dateFormat(zone) {
  const locale = lang === 'es' ? 'es-ES' : 'en-US';
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  });
}

function userFormat() {
  try {
    return dateFormat(setting('zone', browserZone));
  } catch {
    return dateFormat(browserZone);
  }
}
const format = userFormat();
export const zone = format.resolvedOptions().timeZone;
const numbers = new Intl.NumberFormat(lang);

/** @param {string} key */
export const word = (key) => /** @type {Record<string, string>} */ (catalogue[lang])[key] ?? key;

/** @param {string | null} instant */
export const date = (instant) => (instant === null ? '' : format.format(new Date(instant)));

/** @param {number} value */
export const number = (value) => numbers.format(value);

/** @param {string} chosen */
export function switchLanguage(chosen) {
  localStorage.setItem('lang', chosen);
  const url = new URL(location.href);
  url.searchParams.delete('lang');
  location.replace(url);
}
