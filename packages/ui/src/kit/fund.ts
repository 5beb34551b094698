import type { Bilingual } from "./bilingual.ts";

/** One appropriation: available + reserved + in transit + paid = appropriated. Decimal fen as text. */
export type Fund = Readonly<{
  id: string;
  title: Bilingual;
  year?: number | undefined;
  appropriatedFen: string;
  availableFen: string;
  reservedFen: string;
  inTransitFen: string;
  paidFen: string;
}>;
