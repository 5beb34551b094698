import type { StaffPrincipal } from "../access/account.ts";
import type { Reader } from "../facts/privacy.ts";

/** How a person of the desk reads facts of firms. @param hasReason an auditor has put on record why people's data are looked at */
export function readerOf(principal: StaffPrincipal, hasReason = false): Reader {
  switch (principal.role) {
    case "data-officer":
      return { kind: "department", sourceId: principal.sourceId };
    case "auditor":
      return { kind: "auditor", hasReason };
    default:
      return { kind: "office" };
  }
}
