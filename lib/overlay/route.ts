/**
 * Says that the page's address changed, after it changed: `navigatesuccess` of the Navigation API, `popstate` and
 * `hashchange`. WXT's own event fires before the address commits (wxt #2623). Where the Navigation API is missing, the
 * engine's own comparison on each batch of changes finds what no event told.
 */
interface NavigationLike {
  addEventListener(type: string, listener: () => void, options: { signal: AbortSignal }): void;
}

export function watchRoute(view: Window, onChange: () => void, signal: AbortSignal): void {
  const navigation = (view as { navigation?: NavigationLike }).navigation;
  navigation?.addEventListener('navigatesuccess', onChange, { signal });
  view.addEventListener('popstate', onChange, { signal });
  view.addEventListener('hashchange', onChange, { signal });
}
