/** Whether a page is vtiger's, without the code that reads it: the content script holds this much of every adapter. */
export function detect(doc: Document): number {
  return doc.querySelector('body[data-skinpath^="layouts/"][data-user-dateformat]') ? 1 : 0;
}
