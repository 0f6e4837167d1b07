/** Whether a page is SuiteCRM's, without the code that reads it: the content script holds this much of every adapter. */
export function detect(doc: Document): number {
  return doc.querySelector('link[href*="themes/SuiteP/"]') && doc.querySelector('#logout_link') ? 1 : 0;
}
