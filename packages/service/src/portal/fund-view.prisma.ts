import type { Fund } from "@apply-free/ui";
import type { BudgetLine } from "../platform/generated/client.ts";

/** In the words of the public: what is approved, or came back, is still kept for its firm. */
export function fundView(line: BudgetLine): Fund {
  return {
    id: line.id,
    title: line.title,
    year: line.year,
    appropriatedFen: String(line.appropriatedFen - line.carriedFen),
    availableFen: String(line.availableFen),
    reservedFen: String(line.reservedFen + line.committedFen + line.returnedFen),
    inTransitFen: String(line.inTransitFen),
    paidFen: String(line.paidFen),
  };
}
