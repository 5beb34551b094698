/** The account that money goes to, as its owner may see it; the number is masked before it gets here. */
export type MaskedAccount = Readonly<{
  holderName: string;
  /** `6217 **** **** 0123` */
  accountNoMasked: string;
  bankName: string;
  /** Source id, or `firm` when the firm itself named it. */
  source: string;
}>;
