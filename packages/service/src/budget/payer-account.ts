/** The account that a budget line is paid from. */
export type PayerAccount = Readonly<{
  budgetLine: string;
  /** Name of the account holder, as the bank knows it. */
  name: string;
  accountNo: string;
  /** CNAPS, 12 digits. */
  bankCode: string;
}>;

export type PayerAccountStore = {
  /** Names the account of a line; it cannot be changed afterwards. @throws DomainError account-invalid */
  assign(account: PayerAccount): Promise<void>;
  list(): Promise<PayerAccount[]>;
};
