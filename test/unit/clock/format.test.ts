import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatFullInstant, formatInstant, formatLeft } from '../../../lib/clock';
import { at, hour, minute } from './build';

describe('time left on a badge', () => {
  it.each([
    [42 * minute + 59_999, '42 min'],
    [3 * hour + 10 * minute, '3 h 10'],
    [3 * hour + 5 * minute, '3 h 5'],
    [3 * hour + 59_000, '3 h'],
    [hour, '1 h'],
    [hour - 1, '59 min'],
    [45_000, '45 s'],
    [minute - 1, '59 s'],
    [999, '1 s'],
    [0, '0 s'],
    [-0, '0 s'],
    [-1, '−1 s'],
    [-59_999, '−59 s'],
    [-2 * hour - 5 * minute, '−2 h 5'],
    [99 * hour + 59 * minute, '99 h 59'],
    [100 * hour + 59 * minute, '100 h'],
    [8_760 * hour, '8760 h'],
  ])('%d ms is %s in English and Spanish', (ms, expected) => {
    expect([formatLeft(ms, 'en'), formatLeft(ms, 'es')]).toEqual([expected, expected]);
  });
  it('fits a badge, and says 0 only at the due instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3e10, max: 3e10 }), (ms) => {
        const text = formatLeft(ms, 'en');
        expect(text.length).toBeLessThanOrEqual(8);
        expect(/^−?0/.test(text)).toBe(ms === 0);
        expect(text.startsWith('−')).toBe(ms < 0);
      }),
    );
  });
  it('uses the digits of the language', () => expect(formatLeft(42 * minute, 'ar-EG')).toBe('٤٢ min'));
});

describe('a length in words', () => {
  it.each([
    [3 * hour + 10 * minute, '3 hours, 10 minutes', '3 horas y 10 minutos'],
    [-hour - minute, '1 hour, 1 minute', '1 hora y 1 minuto'],
    [5 * minute, '5 minutes', '5 minutos'],
    [30_000, '30 seconds', '30 segundos'],
    [0, '0 seconds', '0 segundos'],
    [30 * hour + 10 * minute, '30 hours', '30 horas'],
  ])('%d ms', (ms, english, spanish) => {
    expect([formatDuration(ms, 'en'), formatDuration(ms, 'es')]).toEqual([english, spanish]);
  });
});

describe('an instant as people say it', () => {
  const now = at('wed 12:00');
  it.each([
    [at('wed 17:05'), 'today 17:05', 'hoy 17:05'],
    [at('thu 10:00'), 'tomorrow 10:00', 'mañana 10:00'],
    [at('tue 10:00'), 'yesterday 10:00', 'ayer 10:00'],
    [at('fri 09:30'), 'Fri 09:30', 'vie 09:30'],
    [at('tue 09:30', 1), 'Tue 09:30', 'mar 09:30'],
    [at('thu 00:00'), 'tomorrow 00:00', 'mañana 00:00'],
    [at('wed 12:00', 1), 'Mar 11', '11 mar'],
    [at('wed 12:00', 52), 'Mar 3, 2027', '3 mar 2027'],
  ])('%d', (when, english, spanish) => {
    expect([formatInstant(when, now, 'en', 'UTC'), formatInstant(when, now, 'es', 'UTC')]).toEqual([english, spanish]);
  });
  it("today is the reader's today", () => {
    expect(formatInstant(at('wed 20:00'), now, 'en', 'Asia/Tokyo')).toBe('tomorrow 05:00');
  });
  it('in full it names the zone', () => {
    expect(formatFullInstant(at('wed 17:05'), 'en', 'Europe/Madrid')).toBe(
      'Wednesday, March 4, 2026 at 18:05 Central European Standard Time',
    );
    expect(formatFullInstant(at('wed 17:05'), 'es', 'Europe/Madrid')).toContain('hora estándar de Europa central');
  });
});
