/** Bounds of what sources cost, apart from the schema: a form says them without loading it. */

/** Of one amount, in any currency. */
export const costAtMost = 1e12;
