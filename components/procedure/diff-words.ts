/**
 * A difference between two versions as a sentence: "First touch for “Demo request”: 60 → 30 working minutes (Office)". Values
 * that have no short words of their own are told by their fields.
 */
import type { Difference } from '../../lib/agreement/diff';
import type { AgreementDocument } from '../../lib/agreement/document';
import { fieldsOf } from '../../lib/agreement/editing';
import { formatFullInstant } from '../../lib/clock';
import { language, t } from '../../lib/platform/i18n';
import { measureName, whenWords } from '../agreement/draft-words';
import { agreedWords } from '../panel/labels';
import { listWords, wordsOr } from '../words';

const longest = 160;
const unsaid = '—';

type Both = Pick<AgreementDocument, 'services'>;

export function differenceWords(difference: Difference, before: Both, after: Both): string {
  const head = headWords(difference);
  const { change } = difference;
  const [from, to] = [aimOr(difference, difference.from, before), aimOr(difference, difference.to, after)];
  if (change === 'moved') return t('procedure_diff_moved', head, valueWords(to, difference, after));
  if (change === 'added') return said('added', head, valueWords(to, difference, after));
  if (change === 'removed') return said('removed', head, valueWords(from, difference, before));
  const [was, is] = targetsWords(difference, before, after) ?? [
    valueWords(from, difference, before),
    valueWords(to, difference, after),
  ];
  return t('procedure_diff_changed', head, was, is);
}

/** An aim is told by its text; what is linked to it knows its id alone. */
function aimOr({ path }: Difference, value: unknown, { services }: Both): unknown {
  if (path.at(-1) !== 'aim' || typeof value !== 'string') return value;
  return services.aims?.find(({ id }) => id === value)?.text ?? value;
}

const said = (change: 'added' | 'removed', head: string, value: string): string =>
  value === '' ? t(`procedure_diff_${change}_plain`, head) : t(`procedure_diff_${change}`, head, value);

/** "First touch for “Demo request”", "Calendar “Office”, holidays". */
function headWords({ area, path, subjects }: Difference): string {
  const names = subjects.map(agreedWords);
  const commitment = path[1] === 'commitments' ? path[2] : undefined;
  const isPromise =
    commitment !== undefined && (area === 'target' || area === 'condition' || area === 'rule' || area === 'commitment');
  // The commitment's own word says more than its title, which the two sides may have left out.
  const first = isPromise ? wordsOr('commitment', commitment, commitment) : areaWords(area, path);
  const own = isPromise ? names.slice(hasOwnTitle(path, names) ? 1 : 0) : names;
  const quoted = own.map((name) => t('procedure_quoted', name));
  const head =
    quoted.length === 0 ? first : t(isPromise ? 'procedure_for' : 'procedure_named', first, listWords(quoted));
  const field = fieldOf(path, area);
  return field === '' ? head : t('procedure_diff_field', head, field);
}

/** Of the two sides it is said which one. */
const areaWords = (area: Difference['area'], path: readonly string[]): string =>
  area === 'party' && path[1] !== undefined ? idWords(path[1]) : t(`procedure_area_${area.replaceAll('-', '_')}`);

/** Of a commitment and its rule, the first name is the commitment's where there are two, or where no rule is on the way. */
const hasOwnTitle = (path: readonly string[], names: readonly string[]): boolean =>
  names.length > 1 || (names.length === 1 && !path.includes('rules'));

/** Steps that the head has said already. */
const places = new Set([
  'services',
  'management',
  'commitments',
  'rules',
  'availability',
  'definitions',
  'target',
  'when',
]);

/** The field inside the thing, where it is not the thing itself. */
function fieldOf(path: readonly string[], area: Difference['area']): string {
  const last = path.at(-1) ?? '';
  if (path.length < 2 || places.has(last) || area === 'target' || area === 'condition') return '';
  const words = wordsOr('procedure_field', snake(last), '');
  return words;
}

/** `owedBy` as its key in the catalogue has it. */
const snake = (name: string): string => name.replaceAll(/([A-Z])/g, (letter) => `_${letter.toLowerCase()}`);

const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

interface TargetParts {
  readonly amount: number;
  readonly unit: 'working' | 'elapsed';
  readonly calendar: string;
}

function targetParts(value: unknown, { services }: Both): TargetParts | null {
  const { workingMinutes, elapsedMinutes, calendar } = fieldsOf(value);
  if (typeof elapsedMinutes === 'number') return { amount: elapsedMinutes, unit: 'elapsed', calendar: '' };
  if (typeof workingMinutes !== 'number') return null;
  const id = typeof calendar === 'string' ? calendar : '';
  const { calendars } = services.availability;
  const label = Object.hasOwn(calendars, id) ? calendars[id]?.label : undefined;
  return { amount: workingMinutes, unit: 'working', calendar: label ?? id };
}

const minutesWords = ({ amount, unit, calendar }: TargetParts, withCalendar: boolean): string => {
  const words = t(`procedure_minutes_${unit}`, number(amount));
  return withCalendar && calendar !== '' ? `${words} (${calendar})` : words;
};

/** The unit once, at the end, where both have the same: "60 → 30 working minutes". */
function targetsWords({ area, from, to }: Difference, before: Both, after: Both): readonly [string, string] | null {
  if (area !== 'target') return null;
  const [was, is] = [targetParts(from, before), targetParts(to, after)];
  if (!was || !is) return null;
  const sameCalendar = was.calendar === is.calendar;
  const first = was.unit === is.unit && sameCalendar ? number(was.amount) : minutesWords(was, !sameCalendar);
  return [first, minutesWords(is, !sameCalendar)];
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);

function textWords(text: string): string {
  if (isInstant(text)) return formatFullInstant(Date.parse(text), language());
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Empty where the head names it already. */
export function valueWords(value: unknown, difference: Pick<Difference, 'area'>, where: Both): string {
  if (value === undefined || value === null) return unsaid;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return t(value ? 'procedure_yes' : 'procedure_no');
  if (typeof value === 'string') return textWords(idWords(value));
  const target = targetParts(value, where);
  if (target) return minutesWords(target, true);
  if (difference.area === 'condition') return whenWords(value);
  if (Array.isArray(value)) return listOf(value, difference, where);
  const { en, es, title, label, members } = fieldsOf(value);
  if (typeof en === 'string' && typeof es === 'string') return textWords(agreedWords({ en, es }));
  if (difference.area === 'team' && Array.isArray(members)) return listOf(members, difference, where);
  if (title !== undefined || label !== undefined) return '';
  return textWords(plainFields(value, difference, where));
}

/** A side's word for its id; what is no side stands for itself. */
const idWords = (text: string): string => (text === 'marketing' || text === 'sales' ? t(`party_${text}`) : text);

function listOf(values: readonly unknown[], difference: Pick<Difference, 'area'>, where: Both): string {
  if (values.length === 0) return t('procedure_nothing');
  const shown = values.slice(0, 12).map((one) => valueWords(one, difference, where));
  const words = listWords(shown.filter((one) => one !== ''));
  return values.length > 12 ? t('procedure_and_more', words, number(values.length - 12)) : words;
}

function plainFields(value: unknown, difference: Pick<Difference, 'area'>, where: Both): string {
  return Object.entries(fieldsOf(value))
    .filter(([name]) => name !== 'id')
    .slice(0, 12)
    .map(([name, inner]) => innerWords(name, inner, difference, where))
    .filter((words) => words !== '')
    .join(', ');
}

/** What was chosen from a list has the list's words. */
function chosenWords(name: string, value: unknown): string | null {
  if (name === 'measures' && Array.isArray(value))
    return listWords(value.map((one) => (typeof one === 'string' ? measureName(one) : '')));
  if (typeof value !== 'string') return null;
  if (name === 'formula') return measureName(value);
  return name === 'frequency' || name === 'every' ? wordsOr('agreement_per', value.replaceAll('-', '_'), value) : null;
}

/** A target and its leads speak for themselves; anything else says which field it is. */
function innerWords(name: string, value: unknown, difference: Pick<Difference, 'area'>, where: Both): string {
  if (name === 'target') return valueWords(value, difference, where);
  if (name === 'when') return whenWords(value);
  const words = chosenWords(name, value) ?? valueWords(value, difference, where);
  return words === '' ? '' : `${wordsOr('procedure_field', snake(name), name)}: ${words}`;
}
