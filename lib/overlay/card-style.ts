/** Styles of the card, and the font of all that we draw on a page. px only: `rem` and the page's variables reach into shadow roots. */

export const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";

export const cardCss = `.card{all:unset;box-sizing:border-box;display:block;width:max-content;max-width:300px;padding:10px 12px;border-radius:8px;
 border:1px solid;font:400 13px/18px ${font};font-variant-numeric:tabular-nums;box-shadow:0 4px 16px rgb(0 0 0 / .18);cursor:default}
.card.light{background:#fff;color:#1f2933;border-color:#d3dae1}
.card.dark{background:#20272e;color:#e3e8ed;border-color:#3a444e}
.head{display:flex;align-items:center;gap:6px;font-weight:600}
.head svg{flex:none;width:14px;height:14px;fill:none;stroke:currentColor;stroke-width:2.25;stroke-linecap:round;stroke-linejoin:round}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:6px 0 0}
dt{opacity:.78}
dd{margin:0;overflow-wrap:anywhere}
@media (forced-colors:active){.card{background:Canvas;color:CanvasText;border-color:CanvasText}dt{opacity:1}}`;
