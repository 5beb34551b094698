import type { Json } from "./json.ts";

/**
 * What is known of one fact. Unknown is neither zero nor false; a known `null` means "looked up,
 * and there is none".
 */
export type FactState =
  | Readonly<{
      state: "known";
      value: Json;
      /** Department or delivery that said so. */
      source?: string;
      /** Day the value speaks of, `YYYY-MM-DD`. */
      asOf?: string;
      /** Instant it reached us, ISO 8601. */
      obtainedAt?: string;
      deliveryId?: string;
    }>
  | Readonly<{
      state: "unknown";
      reason: "not-obtained" | "not-connected" | "stale" | "conflict";
      detail?: string;
    }>;

/** Fact id → state. An absent id is unknown, reason `not-obtained`. */
export type Profile = Readonly<Record<string, FactState>>;
