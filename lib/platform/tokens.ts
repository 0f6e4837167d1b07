/**
 * Colours of the clock states, one source for badge, popup and panel. Text on fill meets 4.5 : 1 in both themes (a test
 * computes it). The colour is never the only signal: each state has an icon and words.
 */
import type { ClockState } from '../clock/types';

export interface StateColours {
  readonly text: string;
  /** `null`: no fill. */
  readonly fill: string | null;
  readonly line: string;
  readonly dashed?: true;
}

export type Theme = 'light' | 'dark';

/** Page backgrounds that the fill-less state is read on. */
export const surfaces: Readonly<Record<Theme, string>> = { light: '#FFFFFF', dark: '#14191E' };

export const accents: Readonly<Record<Theme, string>> = { light: '#0B6E69', dark: '#4FC3BC' };

export const stateColours: Readonly<Record<Theme, Readonly<Record<ClockState, StateColours>>>> = {
  light: {
    scheduled: { text: '#1E4E8C', fill: '#EEF4FB', line: '#B6CDE8' },
    running: { text: '#1F2933', fill: '#F5F7F9', line: '#D3DAE1' },
    'at-risk': { text: '#5F3F00', fill: '#FFEFC7', line: '#D9A92B' },
    overdue: { text: '#FFFFFF', fill: '#B3261E', line: '#B3261E' },
    paused: { text: '#3B4652', fill: '#E9EDF1', line: '#C3CCD5' },
    met: { text: '#0B5B3B', fill: '#DDF5E8', line: '#9AD4B5' },
    missed: { text: '#7A1F19', fill: '#FBE4E2', line: '#E3A8A3' },
    ended: { text: '#4A5560', fill: '#F5F7F9', line: '#D3DAE1' },
    unknown: { text: '#4A5560', fill: null, line: '#98A4AF', dashed: true },
  },
  dark: {
    scheduled: { text: '#A9CBF2', fill: '#16283D', line: '#2F4C6E' },
    running: { text: '#E3E8ED', fill: '#20272E', line: '#3A444E' },
    'at-risk': { text: '#FFD777', fill: '#3A2A05', line: '#8A6A18' },
    overdue: { text: '#FFFFFF', fill: '#C4352C', line: '#C4352C' },
    paused: { text: '#C3CCD5', fill: '#2B333B', line: '#4A555F' },
    met: { text: '#8FE0B6', fill: '#10301F', line: '#2B6A47' },
    missed: { text: '#F3B3AE', fill: '#3A1512', line: '#7A2D27' },
    ended: { text: '#AAB4BE', fill: '#20272E', line: '#3A444E' },
    unknown: { text: '#AAB4BE', fill: null, line: '#5C6771', dashed: true },
  },
};
