/**
 * One shared style sheet for all shadow roots of a kind: a thousand roots, one parse. Where constructed sheets can't be
 * adopted (content scripts in Firefox before 153, MDN browser-compat-data #25003), each root gets a `<style>` by
 * `textContent`, which a page's CSP lets through. Never `innerHTML`. Drop the fallback when Firefox ESR 140 ends.
 */
const sheets = new Map<string, CSSStyleSheet>();

export function adoptSheet(root: ShadowRoot, css: string): void {
  try {
    let sheet = sheets.get(css);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      sheets.set(css, sheet);
    }
    root.adoptedStyleSheets = [sheet];
    if (root.adoptedStyleSheets.length === 1) return;
  } catch {
    // Falls through to the element.
  }
  const style = root.ownerDocument.createElement('style');
  style.textContent = css;
  root.prepend(style);
}
