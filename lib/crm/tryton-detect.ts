/** How a page of Tryton's web client is told from others. By itself: the content script holds this much of every CRM on any host. */
export function detect(doc: Document): number {
  const frame = ['#main_navbar #tablist', '#tabs #tabcontent', '#menu', '#user-preferences'];
  if (!frame.every((css) => doc.querySelector(css))) return 0;
  return doc.querySelector('script[src*="tryton-sao"], link[href*="tryton-sao"]') ? 1 : 0.9;
}
