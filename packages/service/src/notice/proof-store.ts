import type { ProofKind } from "./proof.ts";

/** What is known of who knew of an offer. All of it is about offers that still wait for an answer. */
export type ProofStore = {
  /** The earliest proof that stands that its firm knew of what was offered at that instant. */
  firstOf(entitlementId: string, offeredAt: Date): Promise<Date | undefined>;
  /** What these messages carried came to its firms; notices older than an offer say nothing of it. */
  ofDispatches(ids: readonly string[], at: Date): Promise<void>;
  /** The firm read this one of its messages. */
  ofMessage(id: string, at: Date): Promise<void>;
  /** The firm saw these offers of its own on a page. */
  ofPage(firmCode: string, entitlementIds: readonly string[], proof: Proof<"opened">): Promise<void>;
  /** What was believed to prove it does not: a mail came back. */
  withdraw(evidence: string, at: Date): Promise<void>;
  /** A person told the firm of everything that it is offered. */
  ofFirm(firmCode: string, proof: Proof<"reached" | "visited" | "announced">): Promise<void>;
};

/** `evidence`: what to look at, e.g. the id of a message or an attempt to call. */
export type Proof<Kind extends ProofKind> = Readonly<{ kind: Kind; evidence: string; at: Date }>;
