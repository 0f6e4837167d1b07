import { formatDistance } from 'date-fns';
import { de, enUS, es, fr, ja, pt, ptBR } from 'date-fns/locale';
import dayjs from 'dayjs';
import germanOfDayjs from 'dayjs/locale/de';
import spanishOfDayjs from 'dayjs/locale/es';
import frenchOfDayjs from 'dayjs/locale/fr';
import japaneseOfDayjs from 'dayjs/locale/ja';
import portugueseOfDayjs from 'dayjs/locale/pt';
import brazilianOfDayjs from 'dayjs/locale/pt-br';
import relativeTime from 'dayjs/plugin/relativeTime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShownDate, type ShownDateContext } from '../../../lib/lead/shown-date';

dayjs.extend(relativeTime);

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

const utc = (text: string): number => Date.parse(`${text}Z`);
/** A Wednesday in winter, 14:30 in Madrid. */
const seenAt = utc('2026-11-25T13:30:00');
const madrid = { timeZone: 'Europe/Madrid', seenAt } as const;
const read = (text: string, context: Partial<ShownDateContext> = {}) => readShownDate(text, { ...madrid, ...context });
const at = (iso: string, precision: number) => ({ at: utc(iso), precision });

describe('dates and times as CRMs write them', () => {
  it.each<[text: string, context: Partial<ShownDateContext>, iso: string, precision: number]>([
    ['Jan 19, 2026 4:18 PM GMT+1', {}, '2026-01-19T15:18', minute],
    ['19. jan. 2026 16:18 GMT+1', {}, '2026-01-19T15:18', minute],
    ['6/25/2025, 10:46 PM', { locale: 'en-US' }, '2025-06-25T20:46', minute],
    ['04/17/2031 6:23 PM', { locale: 'en-US' }, '2031-04-17T16:23', minute],
    ['11-23-2026 11:08 AM', { locale: 'en-US' }, '2026-11-23T10:08', minute],
    ['2026-01-14', {}, '2026-01-13T23:00', day],
    ['14.01.2026', { locale: 'de' }, '2026-01-13T23:00', day],
    ['14.01.2026 16:18', {}, '2026-01-14T15:18', minute],
    ['14.01.2026, 16:18 Uhr', { locale: 'de-DE' }, '2026-01-14T15:18', minute],
    ['19. 1. 2026 16:18', { locale: 'de-AT' }, '2026-01-19T15:18', minute],
    ['Aug 12, 2026', { locale: 'en' }, '2026-08-11T22:00', day],
    ['August 12th, 2026', { locale: 'en' }, '2026-08-11T22:00', day],
    ['03/04/2026', { locale: 'en-GB' }, '2026-04-02T22:00', day],
    ['03/04/2026', { order: 'dmy' }, '2026-04-02T22:00', day],
    ['03/04/2026', { order: 'mdy', locale: 'en-GB' }, '2026-03-03T23:00', day],
    ['26/03/04', { order: 'ymd' }, '2026-03-03T23:00', day],
    ['23 nov 2026, 18:34', { locale: 'es' }, '2026-11-23T17:34', minute],
    ['23 de noviembre de 2026 a las 18:34:07', { locale: 'es' }, '2026-11-23T17:34:07', second],
    ['19/1/26, 4:18 p. m.', { locale: 'es-ES' }, '2026-01-19T15:18', minute],
    ['19/1/26, 4:18 p.\u00A0m.', { locale: 'es-ES' }, '2026-01-19T15:18', minute],
    ['19/01/2026, 04:18 pm', { locale: 'en-GB' }, '2026-01-19T15:18', minute],
    ['19 janv. 2026 à 16 h 18', { locale: 'fr-CA' }, '2026-01-19T15:18', minute],
    ['1er août 2026, 22 h', { locale: 'fr' }, '2026-08-01T20:00', hour],
    ['19 de jan. de 2026 às 16h18', { locale: 'pt-BR' }, '2026-01-19T15:18', minute],
    ['2026年1月19日 16:18', { locale: 'ja' }, '2026-01-19T15:18', minute],
    ['2026年1月19日月曜日 16時18分05秒', { locale: 'ja' }, '2026-01-19T15:18:05', second],
    ['2026 年 1 月 19 日(月) 午後4時', {}, '2026-01-19T15:00', hour],
    ['2026/01/19 16:18', { locale: 'ja' }, '2026-01-19T15:18', minute],
    ['2026/01/19 午前0:18', { locale: 'ja' }, '2026-01-18T23:18', minute],
    ['２０２６年１月１９日　１６：１８', { locale: 'ja' }, '2026-01-19T15:18', minute],
    ['Jan 19, 2026, 4:18\u202FPM', { locale: 'en-US' }, '2026-01-19T15:18', minute],
    ['\u200E1/19/2026\u200F 4:18 PM\u200B', { locale: 'en-US' }, '2026-01-19T15:18', minute],
    ['  19/01/2026 \n 16:18 ', { locale: 'pt_PT' }, '2026-01-19T15:18', minute],
    ['2026-01-19T16:18:05.123Z', {}, '2026-01-19T16:18:05.123', 1],
    ['2026-01-19T16:18:05.5Z', {}, '2026-01-19T16:18:05.5', 100],
    ['2026-01-19T16:18:05-05:00', {}, '2026-01-19T21:18:05', second],
    ['2026-01-19 16:18 +0530', {}, '2026-01-19T10:48', minute],
    ['2026-01-19 16:18 UTC', {}, '2026-01-19T16:18', minute],
    ['19/01/2026 16:18 (UTC−3)', { locale: 'fr' }, '2026-01-19T19:18', minute],
    ['4:18 PM · Jan 19, 2026', { locale: 'en' }, '2026-01-19T15:18', minute],
    ['Mon, Jan 19, 2026 4:18 PM', { locale: 'en' }, '2026-01-19T15:18', minute],
    ['mar, 3 mar 2026, 9:00', { locale: 'es' }, '2026-03-03T08:00', minute],
    ['mar. 5 mai 2026, 9:00', { locale: 'fr' }, '2026-05-05T07:00', minute],
    ['19-Jan-2026', { locale: 'en' }, '2026-01-18T23:00', day],
    ['January 19, 2026 at 4:18:05 PM Central European Standard Time', { locale: 'en' }, '2026-01-19T15:18:05', second],
  ])('%s %j', (text, context, iso, precision) => {
    expect(read(text, context)).toEqual(at(iso, precision));
  });

  it('a name of another language is read on any page', () => {
    expect(read('19 janvier 2026', { locale: 'en-US' })).toEqual(at('2026-01-18T23:00', day));
    expect(read('19 janvier 2026')).toEqual(at('2026-01-18T23:00', day));
  });

  it('names of any language that Intl knows are read on pages in it', () => {
    expect(read('19. jan. 2026 16:18', { locale: 'nb' })).toEqual(at('2026-01-19T15:18', minute));
    expect(read('19 gennaio 2026', { locale: 'it-IT' })).toEqual(at('2026-01-18T23:00', day));
    expect(read('19 janvier 2026', { locale: 'it-IT' })).toBeUndefined();
  });

  it('a year of two digits is the nearest one', () => {
    expect(read('1/19/26', { locale: 'en-US' })?.at).toBe(utc('2026-01-18T23:00'));
    expect(read('1/19/99', { locale: 'en-US' })?.at).toBe(utc('1999-01-18T23:00'));
  });
});

describe('what a text leaves open is absent', () => {
  it.each<[text: string, why: string, context?: Partial<ShownDateContext>]>([
    ['03/04/2026', 'no order is known'],
    ['03/04/2026', 'English is written both ways', { locale: 'en' }],
    ['03/04/2026', 'English of an unknown region is written both ways', { locale: 'en-ZZ' }],
    ['03-04-2026', 'Americans who see dashes have set something else', { locale: 'en-US' }],
    ['03/04/2026', 'the year comes first in this locale', { locale: 'ja' }],
    ['25/06/2025', 'the stated order does not fit', { order: 'mdy' }],
    ['19/1/26', 'the year may come first'],
    ['03/04/26', 'no order is known', { locale: 'en' }],
    ['19 Jan 26', 'the year may come first', { locale: 'en' }],
    ['30/02/2026', 'no calendar has it', { locale: 'es' }],
    ['2026-13-01', 'no calendar has it'],
    ['Tue, Jan 19, 2026', 'it was a Monday'],
    ['Jan 2026', 'it names no day'],
    ['19/01', 'it may be a fraction or a month of a year', { locale: 'es' }],
    ['Jan 19', 'it may be January 2019', { locale: 'en' }],
    ['16:18', 'it names no day'],
    ['Monday 18:34', 'which Monday'],
    ['mar. 3, 16:18', 'it is a Tuesday of some month', { locale: 'fr' }],
    ['mar 3 16:18', 'it may be a Tuesday of some month'],
    ['less than a week ago or so', 'one word is not understood'],
    ['last Monday', 'which Monday'],
    ['last week', 'it names no length'],
    ['19/01/2026 24:00', 'hour 24 is two hours', { locale: 'es' }],
    ['19/01/2026 13:05 PM', 'there is no such hour', { locale: 'es' }],
    ['19/01/2026 16:60', 'there is no such minute', { locale: 'es' }],
    ['19/01/2026 16:18 GMT+15', 'no place is that far ahead', { locale: 'es' }],
    ['2026-01-19 09:00-10:00', 'it is a range'],
    ['Jan 19, 2026 9:00 - 10:00', 'it is a range'],
    ['1/19/2026 - 1/25/2026', 'it is a range', { locale: 'en-US' }],
    ['Jan 19 - 25, 2026', 'it is a range'],
    ['January 19, 2026 4:18 PM EST', 'it is not what the zone of this person is called', { locale: 'en-US' }],
    ['January 19, 2026 4:18 PM CEST', 'it was winter', { locale: 'en-GB' }],
    ['Due Jan 19, 2026', 'one word is not understood'],
    ['19/01/2569', 'it is another calendar', { locale: 'th' }],
    ['令和8年1月19日', 'it is another calendar', { locale: 'ja' }],
    ['19/01/1969', 'no CRM is that old', { locale: 'es' }],
    ['2026-01-19\u202E 81:61', 'it reads otherwise than it is stored'],
    ['', 'it is empty'],
    ['1/19/26', 'no order is settled', { locale: 'en' }],
    ['2/1, 09:36', 'Puerto Rico is of two minds', { locale: 'es-PR' }],
    ['29/04/63', 'it is the year 2020 in Thailand', { locale: 'th' }],
    ['28. 8. 04', 'it may be an hour', { locale: 'cs' }],
    ['21 dec. 1999 03:40 em', 'it is after noon in Swedish', { locale: 'sv' }],
    ['21 dec. 1999 03:40 em', 'it is after noon in Swedish'],
    ['11.11.2029 ÖS 10:11', 'it is after noon in Turkish'],
    ['2:28 SA 05/3/2014', 'it is before noon in Vietnamese'],
    ['2026. 01. 19. de. 12:18', 'it is before noon in Hungarian', { locale: 'hu' }],
    ['hoy mañana', 'it names two days'],
  ])('%s: %s', (text, _why, context) => {
    expect(read(text, context)).toBeUndefined();
  });

  it('a weekday settles the order where only one fits', () => {
    expect(read('Wed 03/04/2026')).toEqual(at('2026-03-03T23:00', day));
    expect(read('Mon 03/04/2026')).toBeUndefined();
  });

  it('a text of more than 100 characters is not read', () => {
    expect(read(`2026-01-14${' '.repeat(90)}`)).toEqual(at('2026-01-13T23:00', day));
    expect(read(`2026-01-14${' '.repeat(91)}`)).toBeUndefined();
  });

  it('a moment of reading that is none reads nothing', () => {
    for (const never of [Number.NaN, Number.POSITIVE_INFINITY, -1, 9e15])
      expect(read('2026-01-14', { seenAt: never })).toBeUndefined();
  });
});

describe('zones', () => {
  it('without a zone the interval holds every place on earth', () => {
    const { timeZone: _, ...nowhere } = madrid;
    expect(readShownDate('2026-01-19 16:18', nowhere)).toEqual(at('2026-01-19T02:18', minute + 26 * hour));
    expect(readShownDate('2026-01-19', nowhere)).toEqual(at('2026-01-18T10:00', day + 26 * hour));
    expect(readShownDate('2026-01-19 16:18 GMT+1', nowhere)).toEqual(at('2026-01-19T15:18', minute));
  });

  it('a zone or locale that is none counts as not known', () => {
    const vague = at('2026-01-19T02:18', minute + 26 * hour);
    for (const timeZone of ['', 'Nowhere/Town', '\u0000'])
      expect(read('2026-01-19 16:18', { timeZone, locale: '%%' })).toEqual(vague);
    for (const locale of ['', 'x', 'en_', '%%', 'qqq', 'a'.repeat(5_000)])
      expect(read('03/04/2026', { locale })).toBeUndefined();
  });

  it('a bare date is the local day, whatever its length', () => {
    expect(read('2026-03-29')).toEqual(at('2026-03-28T23:00', 23 * hour));
    expect(read('2026-10-25')).toEqual(at('2026-10-24T22:00', 25 * hour));
    expect(read('2026-04-05', { timeZone: 'Australia/Lord_Howe' })?.precision).toBe(24.5 * hour);
    // Midnight did not exist: the day began at one.
    expect(read('2026-09-06', { timeZone: 'America/Santiago' })).toEqual(at('2026-09-06T04:00', 23 * hour));
  });

  it('a date that the zone left out is absent', () => {
    expect(read('2011-12-30', { timeZone: 'Pacific/Apia' })).toBeUndefined();
    expect(read('2011-12-30 12:00', { timeZone: 'Pacific/Apia' })).toBeUndefined();
    expect(read('2011-12-31', { timeZone: 'Pacific/Apia' })).toEqual(at('2011-12-30T10:00', day));
  });

  it('a time that the clocks left out is absent, one that came twice covers both', () => {
    expect(read('2026-03-29 02:30')).toBeUndefined();
    expect(read('2026-10-25 02:30')).toEqual(at('2026-10-25T00:30', hour + minute));
    expect(read('5 April 2026, 1 am', { timeZone: 'Australia/Lord_Howe' })).toEqual(at('2026-04-04T14:00', 1.5 * hour));
  });

  it('the name of summer or winter time tells the two apart', () => {
    const newYork = { timeZone: 'America/New_York', locale: 'en-US' };
    expect(read('Nov 1, 2026 1:30 AM EDT', newYork)).toEqual(at('2026-11-01T05:30', minute));
    expect(read('Nov 1, 2026 1:30 AM EST', newYork)).toEqual(at('2026-11-01T06:30', minute));
    expect(read('Nov 1, 2026 1:30 AM ET', newYork)).toEqual(at('2026-11-01T05:30', hour + minute));
  });
});

describe('words for the days around today', () => {
  it.each([
    ['Today 18:34', '2026-11-25T17:34', minute],
    ['Today at 6:34 PM', '2026-11-25T17:34', minute],
    ['Yesterday 09:05', '2026-11-24T08:05', minute],
    ['yesterday, 09:05:10', '2026-11-24T08:05:10', second],
    ['Tomorrow', '2026-11-25T23:00', day],
    ['hoy 18:34', '2026-11-25T17:34', minute],
    ['Ayer a las 18:34', '2026-11-24T17:34', minute],
    ['Mañana a las 9:05 a. m.', '2026-11-26T08:05', minute],
    ['anteayer', '2026-11-22T23:00', day],
    ['heute um 18:34', '2026-11-25T17:34', minute],
    ['gestern, 18:34 Uhr', '2026-11-24T17:34', minute],
    ['Übermorgen', '2026-11-26T23:00', day],
    ['Aujourd’hui à 18 h 34', '2026-11-25T17:34', minute],
    ['avant-hier', '2026-11-22T23:00', day],
    ['hoje às 18:34', '2026-11-25T17:34', minute],
    ['Amanhã', '2026-11-25T23:00', day],
    ['今日 18:34', '2026-11-25T17:34', minute],
    ['昨日の18時34分', '2026-11-24T17:34', minute],
    ['一昨日', '2026-11-22T23:00', day],
    ['Today 18:34 GMT+9', '2026-11-25T09:34', minute],
  ])('%s', (text, iso, precision) => {
    expect(read(text)).toEqual(at(iso, precision));
  });

  it('count from the local day of the person', () => {
    expect(read('today', { timeZone: 'Asia/Tokyo', seenAt: utc('2026-11-25T16:00') })).toEqual(
      at('2026-11-25T15:00', day),
    );
  });

  it('without a zone hold wherever the person is', () => {
    const places = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Madrid', 'Asia/Kathmandu', 'America/New_York'];
    const { timeZone: _, ...nowhere } = madrid;
    for (const text of ['today', 'yesterday 00:00', 'tomorrow 23:59', 'Today 18:34']) {
      const anywhere = readShownDate(text, nowhere);
      for (const timeZone of places) {
        const there = read(text, { timeZone });
        expect(anywhere!.at).toBeLessThanOrEqual(there!.at);
        expect(anywhere!.at + anywhere!.precision).toBeGreaterThanOrEqual(there!.at + there!.precision);
      }
    }
  });
});

describe('a day without a year', () => {
  it('is the one in the 12 months before it was seen', () => {
    expect(read('19 Jan 16:18', { locale: 'en' })).toEqual(at('2026-01-19T15:18', minute));
    expect(read('19. Dez., 16:18', { locale: 'de' })).toEqual(at('2025-12-19T15:18', minute));
    expect(read('19/01, 16:18', { locale: 'pt-PT' })).toEqual(at('2026-01-19T15:18', minute));
    expect(read('1月19日 16:18', { locale: 'ja' })).toEqual(at('2026-01-19T15:18', minute));
    expect(read('3 mar, 16:18', { locale: 'es' })).toEqual(at('2026-03-03T15:18', minute));
    expect(read('Mar 3, 4:18 PM', { locale: 'en-US' })).toEqual(at('2026-03-03T15:18', minute));
    expect(read('24 nov, 14:29', { locale: 'es' })).toEqual(at('2026-11-24T13:29', minute));
  });

  it('is absent where it may be the coming day, or needs an order that nobody states', () => {
    expect(read('25 nov, 14:30', { locale: 'es' })).toBeUndefined();
    expect(read('26 nov, 10:00', { locale: 'es' })).toBeUndefined();
    expect(read('Thu 26 Nov 10:00', { locale: 'en' })).toBeUndefined();
    expect(read('03/04 16:18', { locale: 'en' })).toBeUndefined();
    expect(read('29 Feb 16:18', { locale: 'en' })).toBeUndefined();
  });
});

const ago = (far: number, near: number) => ({ at: seenAt - far + 1, precision: far - near });

describe('amounts of time before or after it was seen', () => {
  it.each<[text: string, unit: number, count: number]>([
    ['5 min ago', minute, 5],
    ['5 mins. ago', minute, 5],
    ['5m ago', minute, 5],
    ['vor 5 m', minute, 5],
    ['2 hours ago', hour, 2],
    ['2h ago', hour, 2],
    ['hace 2 horas', hour, 2],
    ['vor 3 Tagen', day, 3],
    ['il y a 5 minutes', minute, 5],
    ['há 2 horas', hour, 2],
    ['2 horas atrás', hour, 2],
    ['2 時間前', hour, 2],
    ['２時間前', hour, 2],
    ['-2 h', hour, 2],
    ['1 week ago', 7 * day, 1],
    ['0 seconds ago', second, 0],
    ['just now', minute, 0],
    ['Hace unos segundos', minute, 0],
    ['gerade eben', minute, 0],
    ['à l’instant', minute, 0],
    ['agora mesmo', minute, 0],
    ['たった今', minute, 0],
  ])('%s', (text, unit, count) => {
    expect(read(text)).toEqual(ago((count + 1) * unit, count * unit));
  });

  it('short forms alone are ages in English only, and never a bare m', () => {
    expect(read('2h', { locale: 'en-GB' })).toEqual(ago(3 * hour, 2 * hour));
    expect(read('3d', { locale: 'en' })).toEqual(ago(4 * day, 3 * day));
    expect(read('5m', { locale: 'en' })).toBeUndefined();
    expect(read('14h', { locale: 'fr' })).toBeUndefined();
    expect(read('14h')).toBeUndefined();
  });

  it('where m may be a month it is not read', () => {
    for (const text of ['hace 5 m', 'il y a 5 m.', 'dans 5 m', '-5 m', 'in 5 q', '5 quarters ago'])
      expect(read(text)).toBeUndefined();
  });

  it.each([
    'about 11 hours ago',
    'hace alrededor de 11 horas',
    'vor etwa 11 Stunden',
    'il y a environ 11 heures',
    'há cerca de 11 horas',
    '約11時間前',
  ])('%s is what date-fns rounds to it', (text) => {
    expect(read(text)).toEqual({ at: seenAt - 11.5 * hour, precision: hour + 30 * second + 1 });
  });

  it('what is written with an article was rounded', () => {
    for (const text of ['an hour ago', 'hace una hora', 'vor einer Stunde', 'il y a une heure', 'há uma hora'])
      expect(read(text)).toEqual({ at: seenAt - 1.5 * hour, precision: hour + 30 * second + 1 });
  });

  it('a page that is known to round is read so', () => {
    expect(read('3 days ago', { rounding: 'nearest' })).toEqual({
      at: seenAt - 3.5 * day,
      precision: day + 30 * second + 1,
    });
    expect(read('5 minutes ago', { rounding: 'nearest' })).toEqual({
      at: seenAt - 5.5 * minute,
      precision: minute + 1,
    });
  });

  it('months and years are those of the calendar', () => {
    expect(read('1 month ago')).toEqual({ at: utc('2026-09-25T12:30') + 1, precision: 30 * day + hour });
    expect(read('2 years ago')).toEqual({ at: utc('2023-11-25T13:30') + 1, precision: 366 * day });
    expect(read('1 month ago', { seenAt: utc('2026-03-31T12:00'), timeZone: 'UTC' })).toEqual({
      at: utc('2026-01-31T12:00') + 1,
      precision: 28 * day,
    });
    expect(read('about 1 year ago')!.at).toBe(utc('2024-11-25T13:30'));
  });

  it.each(['in 2 hours', 'dentro de 2 horas', 'en 2 h', 'dans 2 heures', 'em 2 horas', '2 時間後', '+2 h'])(
    '%s lies ahead',
    (text) => {
      expect(read(text)).toEqual({ at: seenAt + 2 * hour, precision: hour });
    },
  );

  it.each([
    'in 2 hours ago',
    '2 hours',
    '1.5 hours ago',
    '9999 years ago',
    'over 2 years ago',
    '-2 hours ago 18:34',
    '2 parsecs ago',
  ])('%s is not read', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

const locales = ['en-US', 'en-GB', 'es-ES', 'es-MX', 'de-DE', 'fr-FR', 'pt-BR', 'pt-PT', 'ja-JP'] as const;
const zones = [
  'UTC',
  'Europe/Madrid',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
] as const;

const styles = ['full', 'long', 'medium', 'short'] as const;
const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
const padded = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const worded = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const clock = { hour: 'numeric', minute: '2-digit' } as const;

/** The forms that pages print, with the unit of their smallest field. */
const forms: readonly { readonly options: Intl.DateTimeFormatOptions; readonly unit: number }[] = [
  ...styles.map((dateStyle) => ({ options: { dateStyle }, unit: day })),
  ...styles.flatMap((dateStyle) =>
    styles.map((timeStyle) => ({ options: { dateStyle, timeStyle }, unit: timeStyle === 'short' ? minute : second })),
  ),
  ...[numeric, padded, worded].flatMap((date) => [
    { options: date, unit: day },
    { options: { ...date, ...clock }, unit: minute },
    { options: { ...date, ...clock, hour12: true }, unit: minute },
    { options: { ...date, ...clock, hourCycle: 'h23' as const, second: '2-digit' as const }, unit: second },
    { options: { ...date, ...clock, weekday: 'short' as const }, unit: minute },
    { options: { ...date, ...clock, timeZoneName: 'shortOffset' as const }, unit: minute },
    { options: { ...date, ...clock, timeZoneName: 'short' as const }, unit: minute },
  ]),
  { options: { ...worded, month: 'long', ...clock, fractionalSecondDigits: 3, second: '2-digit' }, unit: 1 },
  { options: { ...worded, hour: 'numeric', hour12: true }, unit: hour },
];

/** The neighbourhood of clock changes is where readers fail, so a third of the instants lie there. */
const changes = [
  '2026-03-29T01:00',
  '2026-10-25T01:00',
  '2026-11-01T06:00',
  '2026-04-04T15:00',
  '2026-10-03T15:30',
  '2011-12-30T10:00',
  '2026-04-04T14:00',
].map(utc);
const instant = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: utc('1990-01-01T00:00'), max: utc('2039-12-31T00:00') }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -4 * hour, max: 4 * hour }))
      .map(([change, off]) => change + off),
  },
);

describe('what Intl prints', () => {
  it('is read back with the true instant inside and no coarser than it was printed, or refused, and hardly ever that', () => {
    let [printed, refused] = [0, 0];
    const check = (
      locale: string,
      timeZone: string,
      { options, unit }: (typeof forms)[number],
      truth: number,
    ): void => {
      const text = new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(truth);
      const found = readShownDate(text, { locale, timeZone, seenAt });
      printed++;
      if (!found) return void refused++;
      expect(found.at, `${locale} ${timeZone} ${text}`).toBeLessThanOrEqual(truth);
      expect(found.at + found.precision, `${locale} ${timeZone} ${text}`).toBeGreaterThan(truth);
      // One hour more where the clocks went back, so that the time came twice.
      expect(found.precision, `${locale} ${timeZone} ${text}`).toBeLessThanOrEqual(unit + hour);
      if (!Number.isInteger((truth % day) / minute)) return;
      expect(found.precision).toBeGreaterThanOrEqual(unit === day ? 23 * hour : unit);
    };
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.constantFrom(...zones), fc.constantFrom(...forms), instant, check),
      {
        numRuns: 3_000,
        examples: forms.flatMap((form) =>
          locales.map(
            (locale) =>
              [locale, 'Europe/Madrid', form, utc('2026-03-04T05:06:07')] as [
                (typeof locales)[number],
                (typeof zones)[number],
                (typeof forms)[number],
                number,
              ],
          ),
        ),
      },
    );
    expect(refused / printed).toBeLessThan(0.1);
  });

  it('is never read as another instant by a page that knows neither locale nor zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.constantFrom(...zones),
        fc.constantFrom(...forms),
        instant,
        (locale, timeZone, { options }, truth) => {
          const text = new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(truth);
          const found = readShownDate(text, { seenAt });
          if (found)
            expect(truth - found.at, `${locale} ${text}`).toSatisfy((lag: number) => lag >= 0 && lag < found.precision);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  const elapsed = { second, minute, hour, day, week: 7 * day } as const;
  it.each(locales)(
    'relative, in %s, is read back with the true instant inside, or refused where m may be a month',
    (locale) => {
      let [printed, refused] = [0, 0];
      const check = (
        unit: keyof typeof elapsed | 'month' | 'year',
        style: 'long' | 'short' | 'narrow',
        count: number,
        isPast: boolean,
        share: number,
      ): void => {
        const text = new Intl.RelativeTimeFormat(locale, { style, numeric: 'always' }).format(
          isPast ? -count : count,
          unit,
        );
        const sign = isPast ? -1 : 1;
        const month = unit === 'year' ? 12 : 1;
        const away = (steps: number): number => {
          if (unit !== 'month' && unit !== 'year') return seenAt + sign * steps * elapsed[unit];
          return new Date(seenAt).setUTCMonth(new Date(seenAt).getUTCMonth() + sign * steps * month);
        };
        const truth = Math.round(away(count) + (away(count + 1) - away(count)) * share);
        const found = readShownDate(text, { locale, timeZone: 'UTC', seenAt });
        printed++;
        if (!found) return void refused++;
        expect(found.at, text).toBeLessThanOrEqual(truth);
        expect(found.at + found.precision, text).toBeGreaterThan(truth);
        expect(found.precision, text).toBeLessThanOrEqual(Math.abs(away(count + 1) - away(count)));
      };
      fc.assert(
        fc.property(
          fc.constantFrom('second', 'minute', 'hour', 'day', 'week', 'month', 'year'),
          fc.constantFrom('long', 'short', 'narrow'),
          fc.integer({ min: 0, max: 50 }),
          fc.boolean(),
          fc.double({ min: 0, max: 0.99, noNaN: true }),
          check,
        ),
        { numRuns: 300 },
      );
      expect(refused / printed).toBeLessThan(0.15);
    },
  );

  it.each(locales)('for the days around today, in %s, is the local day', (locale) => {
    const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    for (const days of [-1, 0, 1])
      expect(read(format.format(days, 'day'), { locale })).toEqual({
        at: utc('2026-11-24T23:00') + days * day,
        precision: day,
      });
    expect(read(format.format(0, 'second'), { locale })).toEqual(ago(minute, 0));
    for (const unit of ['week', 'quarter'] as const) expect(read(format.format(-1, unit), { locale })).toBeUndefined();
  });
});

describe('what libraries print', () => {
  const lag = fc.oneof(
    fc.integer({ min: 0, max: 3 * hour }),
    fc.integer({ min: 0, max: 40 * day }),
    fc.integer({ min: 0, max: 3_000 * day }),
  );
  const holds = (text: string, elapsed: number): boolean => {
    const found = readShownDate(text, { ...madrid, rounding: 'nearest' });
    const truth = seenAt - elapsed;
    if (found) expect(found.at <= truth && truth < found.at + found.precision, `${text}: ${elapsed} ms`).toBe(true);
    return found !== undefined;
  };

  it.each([enUS, es, de, fr, pt, ptBR, ja])(
    'formatDistance of date-fns in $code is read with the true instant inside, or refused',
    (locale) => {
      let [printed, readable] = [0, 0];
      fc.assert(
        fc.property(lag, (elapsed) => {
          const text = formatDistance(seenAt - elapsed, seenAt, { addSuffix: true, locale });
          printed++;
          if (holds(text, elapsed)) readable++;
        }),
        { numRuns: 300 },
      );
      // "Over a year" and "almost two years" are refused.
      expect(readable / printed).toBeGreaterThan(0.6);
    },
  );

  const ofDayjs = [
    dayjs.Ls['en']!,
    spanishOfDayjs,
    germanOfDayjs,
    frenchOfDayjs,
    portugueseOfDayjs,
    brazilianOfDayjs,
    japaneseOfDayjs,
  ];
  it.each(ofDayjs)('fromNow of day.js in $name is read with the true instant inside', (locale) => {
    let [printed, readable] = [0, 0];
    fc.assert(
      fc.property(lag, (elapsed) => {
        const text = dayjs(seenAt - elapsed)
          .locale(locale)
          .from(dayjs(seenAt));
        printed++;
        if (holds(text, elapsed)) readable++;
      }),
      { numRuns: 300 },
    );
    expect(readable / printed).toBeGreaterThan(0.9);
  });
});

describe('any text whatever', () => {
  const pieces = fc.constantFrom(
    '1',
    '19',
    '2026',
    '24:61',
    ':',
    '/',
    '-',
    '.',
    ' ',
    'h',
    't',
    'z',
    'am',
    'p.m.',
    'GMT',
    '+',
    'jan',
    'mar',
    'mon',
    'today',
    'ago',
    'hace',
    'il y a',
    '約',
    '前',
    '年',
    '月',
    '日',
    '時',
    '分',
    '午後',
    '\u202E',
    '\u200F',
    '\uD800',
    'ﷺ',
    'e\u0301',
    '½',
    '9999999999',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
  );
  const context: fc.Arbitrary<ShownDateContext> = fc.record(
    {
      locale: fc.oneof(fc.constantFrom(...locales, 'en', 'zh-CN', 'ar', 'th', 'xx'), fc.string()),
      timeZone: fc.oneof(fc.constantFrom(...zones), fc.string()),
      seenAt: fc.oneof(instant, fc.double()),
      order: fc.constantFrom('dmy' as const, 'mdy' as const, 'ymd' as const),
      rounding: fc.constantFrom('down' as const, 'nearest' as const),
    },
    { requiredKeys: ['seenAt'] },
  );

  it('never throws, and gives whole milliseconds and a length above nothing', () => {
    fc.assert(
      fc.property(text, context, (shown, known) => {
        const found = readShownDate(shown, known);
        if (!found) return;
        expect(Number.isSafeInteger(found.at) && Number.isSafeInteger(found.precision)).toBe(true);
        expect(found.precision).toBeGreaterThan(0);
      }),
      { numRuns: 4_000 },
    );
  });

  it('takes no longer for texts made to slow down a search', () => {
    const cruel = [
      '1',
      '1 ',
      '1:',
      '1/',
      '1-',
      '+',
      '午後 ',
      'jan ',
      'a m ',
      '1h',
      '1年',
      '(',
      'ﷺ',
      ' ',
      '1.1.1.1',
      'in ',
      'about ',
    ];
    const started = performance.now();
    for (const piece of cruel)
      for (const length of [99, 100, 100_000])
        for (const tail of ['', '!', 'z'])
          expect(readShownDate((piece.repeat(length).slice(0, length) + tail).slice(-length), madrid)).toBeUndefined();
    // 150 texts; a search that tries all combinations would not end within a day.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
