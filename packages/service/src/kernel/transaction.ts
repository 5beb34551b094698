/**
 * Runs work in one database transaction and hands it the stores it may touch. Whatever the work
 * changed, appended and queued becomes visible together, or not at all.
 * A use case asks for the few stores it needs; the composition root offers all of them.
 */
export type Transaction<Stores> = <Result>(work: (stores: Stores) => Promise<Result>) => Promise<Result>;

/** The stores that a use case asks for. */
export type StoresOf<Deps> = Deps extends Readonly<{ transaction: Transaction<infer Stores> }> ? Stores : never;
