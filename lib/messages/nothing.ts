/** A question that says nothing but its name. */
export type Nothing = Readonly<Record<string, never>>;
