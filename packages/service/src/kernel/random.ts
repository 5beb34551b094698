/** The only source of randomness; tests inject a fixed one. */
export type Random = {
  /** 256 bits nobody can guess, as URL-safe text. */
  token(): string;
};
