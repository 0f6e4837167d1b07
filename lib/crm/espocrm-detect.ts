/** How a page of EspoCRM is told from others. By itself: the content script holds this much of every CRM on any host. */
export function detect(doc: Document): number {
  if (!doc.querySelector('#header #navbar .navbar') || !doc.querySelector('#content #main')) return 0;
  const credit = doc.querySelector('#footer a[href*="//www.espocrm.com"]');
  const user = doc.querySelector('[aria-labelledby="nav-menu-dropdown"] a[href^="#User/view/"]');
  if (credit && user) return 1;
  return credit || user ? 0.9 : 0.4;
}
