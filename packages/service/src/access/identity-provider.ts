import type { Identity } from "./identity.ts";

/** What only the browser that began a sign-in, and the provider's answer to it, can know together. */
export type SignInProof = Readonly<{ state: string; nonce: string; codeVerifier: string }>;

/** Somebody else who knows people by name: a province's unified identity platform, an office's directory. */
export type IdentityProvider = Readonly<{
  /**
   * Where the browser goes to sign in.
   * @param isFresh asks who it is even where the provider remembers somebody
   * @throws DomainError identity-unavailable
   */
  addressFor(proof: SignInProof, isFresh?: boolean): Promise<URL>;
  /**
   * Who came back.
   * @param callback the address, with its query, at which the browser came back
   * @throws DomainError identity-cancelled | identity-refused | identity-unavailable
   */
  identityFrom(callback: URL, proof: SignInProof): Promise<Identity>;
  /** Where the browser goes to be forgotten there too; nowhere, where the provider has no such page or is not there. */
  signOutAddress(): Promise<URL | undefined>;
}>;
