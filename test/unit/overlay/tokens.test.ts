import { describe, expect, test } from 'vitest';
import { clockStates } from '../../../lib/clock/types';
import { accents, stateColours, surfaces, type Theme } from '../../../lib/platform/tokens';

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const themes: readonly Theme[] = ['light', 'dark'];

describe.each(themes)('contrast, %s', (theme) => {
  test.each(clockStates)('text and icon of "%s" meet 4.5 : 1 on their fill', (state) => {
    const { text, fill } = stateColours[theme][state];
    expect(contrast(text, fill ?? surfaces[theme])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(['running', 'scheduled', 'paused', 'met', 'ended', 'unknown'] as const)(
    'text of "%s" meets 4.5 : 1 without fill, on the page itself',
    (state) => {
      expect(contrast(stateColours[theme][state].text, surfaces[theme])).toBeGreaterThanOrEqual(4.5);
    },
  );
  test('the accent meets 3 : 1 on the page, as a focus ring must', () => {
    expect(contrast(accents[theme], surfaces[theme])).toBeGreaterThanOrEqual(3);
  });
});
