/** Whether a page is Frappe CRM's, without the code that reads it: the content script holds this much of every adapter. */
export function detect(doc: Document, { pathname }: URL): number {
  return /^\/crm(?:\/|$)/u.test(pathname) &&
    doc.querySelector('#app') &&
    doc.querySelector('link[href*="/assets/crm/"]')
    ? 1
    : 0;
}
