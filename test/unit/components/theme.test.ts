/** Contrast of every text that the pages put on a surface, computed from the tokens (WCAG 2.2, 1.4.3: 4.5 : 1). */
import { describe, expect, it } from 'vitest';
import { themeCss } from '../../../components/ui/theme';
import { accents, stateColours, surfaces, type Theme } from '../../../lib/platform/tokens';

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme: Theme) => {
  const states = stateColours[theme];
  const surface = surfaces[theme];
  const grounds = [surface, states.running.fill ?? surface, states.paused.fill ?? surface];

  it('soft and full ink are readable on every ground', () => {
    for (const ink of [states.running.text, states.unknown.text])
      for (const ground of grounds) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('the figures’ inks are readable, at rest and pressed', () => {
    for (const ink of [states.missed.text, states['at-risk'].text])
      for (const ground of grounds) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('the main action is readable', () => {
    expect(contrast(accents[theme], surface)).toBeGreaterThanOrEqual(4.5);
  });
});

it('every colour in the sheet comes from the tokens', () => {
  const known = JSON.stringify([accents, stateColours, surfaces]);
  for (const [hex] of themeCss().matchAll(/#[0-9A-Fa-f]{3,8}/g)) expect(known).toContain(hex);
});
