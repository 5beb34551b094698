import type { BandProposalView, BandView } from "../desk/bands-page.tsx";

export const bands: readonly BandView[] = [
  {
    ...{ nth: 2, aboveFen: "500000000", document: "豫财〔2025〕12 号" },
    ...{ proposedBy: "财政经办", confirmedBy: "财政复核", at: "2025-11-03T02:00:00Z" },
  },
  { nth: 1, aboveFen: "1000000000", at: "2025-10-01T00:00:00Z" },
];

export const bandProposal: BandProposalView = {
  ...{ id: "band-proposal_1", aboveFen: "300000000", document: "豫财〔2025〕30 号" },
  ...{ proposedBy: "财政经办", proposedAt: "2025-11-04T02:00:00Z", may: "confirm" },
};
