/** Whether a page is Twenty's, without the code that reads it: the content script holds this much of every adapter. */
export function detect(doc: Document): number {
  return doc.querySelector('#root [data-testid="workspace-dropdown"]') && doc.querySelector('.navigation-drawer-item')
    ? 1
    : 0;
}
