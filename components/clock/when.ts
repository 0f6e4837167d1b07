/** Instants and stretches of an explanation: always with date and time, because a deadline's reasons may lie weeks apart. */
import { formatInstant } from '../../lib/clock';
import { language } from '../../lib/platform/i18n';

const formats = new Map<string, Intl.DateTimeFormat>();
const times = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${language()}|${timeZone ?? ''}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(language(), {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(timeZone !== undefined && { timeZone }),
    });
    formats.set(key, known);
  }
  return known;
}

/** "Thu, Mar 12, 09:00". */
export const instantWords = (at: number, timeZone?: string): string => format(timeZone).format(at);

/** "Thu, Mar 12, 09:00 – 18:00". */
export const stretchWords = (from: number, to: number, timeZone?: string): string =>
  format(timeZone).formatRange(from, to);

/** "10:00" for today, else "Tue 10:00": where there is little room and it lies in the past. */
export function sinceWords(at: number, now: number): string {
  if (new Date(at).toDateString() !== new Date(now).toDateString()) return formatInstant(at, now, language());
  let time = times.get(language());
  if (!time) {
    time = new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    times.set(language(), time);
  }
  return time.format(at);
}

/** The reader's own zone. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
