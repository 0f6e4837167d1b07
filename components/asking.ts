/** Questions to the worker as functions, typed by its contract: what a page's services are mostly made of. */

/** The functions for these messages of a protocol. */
export type Asks<Protocol, Name extends keyof Protocol> = {
  readonly [One in Name]: Protocol[One] extends (data: infer Data) => infer Reply
    ? (data: Data) => Promise<Reply>
    : never;
};
