/** A place for one thing that may be lost at any time: whoever finds nothing makes it anew. */
export type Shelf = {
  /** @returns `undefined` when there is nothing, or it cannot be read */
  read(): Promise<Uint8Array | undefined>;
  /** Puts it in the place of what lay there, whole or not at all; failing is no trouble to anybody. */
  write(bytes: Uint8Array): Promise<void>;
};
