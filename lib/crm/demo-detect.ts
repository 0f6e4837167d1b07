/** How a page of the demo CRM is told from others. By itself: the content script holds this much of every CRM on any host. */
export function detect(doc: Document): number {
  const generator = doc.querySelector('meta[name="generator"]')?.getAttribute('content') ?? '';
  return /^Demo CRM \d/u.test(generator) && doc.querySelector('#demo-crm') ? 1 : 0;
}
