/**
 * What a person does on a badge is meant for the badge: a click on it must not open the CRM's row, a key must not move
 * its grid, a drag must not move its card. Events stop at our host; they are never prevented from being seen before it.
 */
const events = [
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'mousedown',
  'mouseup',
  'pointerdown',
  'pointerup',
  'touchstart',
  'touchend',
  'keydown',
  'keypress',
  'keyup',
  'dragstart',
] as const;

const stop = (event: Event): void => event.stopPropagation();

export function isolateEvents(host: HTMLElement): void {
  for (const type of events) host.addEventListener(type, stop, { passive: true });
}

/** Sets styles by the CSSOM, which a page's CSP lets through, and above the page's own `!important` rules. */
export function pin(el: HTMLElement, styles: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(styles)) el.style.setProperty(name, value, 'important');
}
