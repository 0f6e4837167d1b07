/**
 * The element that holds a node, across shadow roots. Asked of the prototype: fields of a form hide from content scripts,
 * too, what they are called as, and with an `<input name="parentNode">` a form would lie in its own field for ever.
 */
export function holderOf(node: Node): Element | null {
  const parent: unknown = Reflect.get(Node.prototype, 'parentNode', node) ?? node;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element && parent !== node ? parent : null;
}
