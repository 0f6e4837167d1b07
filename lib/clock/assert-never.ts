/** For the end of a `switch` over a closed union: a new member is a type error here, and a value from outside fails loudly. */
export function assertNever(value: never): never {
  throw new TypeError(`not foreseen: ${JSON.stringify(value)}`);
}
