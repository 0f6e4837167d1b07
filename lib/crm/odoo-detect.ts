/** How a page of Odoo is told from others. By itself: the content script holds this much of every CRM on any host. */
export function detect(doc: Document): number {
  if (!doc.querySelector('body.o_web_client .o_action_manager')) return 0;
  return doc.querySelector('.o_main_navbar') ? 1 : 0.9;
}
