/** Styles of the badge, made from the state tokens. px only: `rem` and the page's variables reach into shadow roots. */
import { clockStates } from '../clock/types';
import { accents, stateColours, surfaces, type Theme } from '../platform/tokens';
import { font } from './card-style';

/** Boxes in px. The box is fixed, so that a tick or a change of state never lays out the CRM's page again. */
export const boxes = {
  /** State icon and time left; at most 104 by design. */
  full: { width: 88, height: 20 },
  /** The state icon alone, where the row has no room for more. */
  compact: { width: 24, height: 20 },
  /** Time left and the due instant beside it. */
  record: { width: 216, height: 28 },
} as const;
export type Form = keyof typeof boxes;

/** Between the CRM's text and the badge, px. */
export const gap = 6;

const themes: readonly Theme[] = ['light', 'dark'];

const stateRules = themes
  .flatMap((theme) =>
    clockStates.map((state) => {
      const { text, fill, line, dashed } = stateColours[theme][state];
      return `.${theme}.${state}{--relevo-text:${text};--relevo-fill:${fill ?? 'transparent'};--relevo-line:${dashed ? 'dashed' : 'solid'} ${line}}`;
    }),
  )
  .join('');

const focusRules = themes
  .map((theme) => `.${theme}{--relevo-focus:${accents[theme]};--relevo-under:${surfaces[theme]}}`)
  .join('');

export const badgeCss = `${stateRules}${focusRules}
button{all:unset;box-sizing:border-box;display:flex;align-items:center;justify-content:center;gap:3px;width:100%;height:100%;padding:0 4px;
 border:1px var(--relevo-line);border-radius:6px;background:var(--relevo-fill);color:var(--relevo-text);cursor:pointer;
 font:500 12px/1 ${font};font-variant-numeric:tabular-nums;letter-spacing:0;white-space:nowrap;text-align:start;
 user-select:none;-webkit-user-select:none;transition:background-color .12s,color .12s,border-color .12s}
button:focus-visible{outline:2px solid var(--relevo-focus);outline-offset:-2px}
svg{flex:none;width:12px;height:12px;fill:none;stroke:currentColor;stroke-width:2.25;stroke-linecap:round;stroke-linejoin:round}
span{overflow:hidden;text-overflow:clip}
.time{flex:none}
.due{flex:1;font-weight:400;text-align:end}
.compact{padding:0;gap:0}
.compact .time,.full .due,.compact .due{display:none}
.record{font-size:13px;padding:0 9px;gap:6px;justify-content:start}
.record svg{width:14px;height:14px}
.quiet:is(.running,.scheduled,.paused,.met,.ended){background:transparent}
.full.quiet.running:not(.selected)>svg{display:none}
.signs{display:flex;flex:none;gap:1px}
.signs svg{width:10px;height:10px}
.plain .signs{display:none}
.full:not(.plain){padding:0 2px}
.outdated{border-style:dashed}
.two.full{font-size:11px;gap:2px}
.compact .signs svg,.two .signs svg{width:9px;height:9px}
.two.compact .signs{flex-direction:column;gap:0}
.two.compact .signs svg{width:8px;height:8px}
.full.missed:not(.plain,.selected)>svg,.two.full:is(.met,.ended):not(.selected)>svg{display:none}
.full.selected:is(.met,.missed,.ended) .signs{display:none}
.record .signs{gap:4px}
.record .signs svg{width:13px;height:13px}
.selected{outline:2px solid var(--relevo-focus);outline-offset:-2px;box-shadow:inset 0 0 0 3px var(--relevo-under)}
.selected:focus-visible{outline-width:3px}
button:is(:hover){border-style:solid;border-color:currentColor}
@media (prefers-reduced-motion:reduce){button{transition:none}}
@media (forced-colors:active){button{border-color:ButtonText;background:ButtonFace;color:ButtonText;forced-color-adjust:auto}
 button:focus-visible,.selected{outline-color:Highlight}}`;
