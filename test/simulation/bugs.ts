/** A mistake that could be made in paying, as the change of one place that would make it. */
export type Bug = Readonly<{
  name: string;
  /** From packages/service/src. */
  file: string;
  /** Stands there exactly once; when it does not any more, the bug has to be planted anew. */
  find: string;
  replace: string;
  /** By what it must be found: a law of the life, or one of SQL. Any other end of a life finds nothing. */
  breaks: RegExp;
}>;

/** Each of these costs public money or leaves a firm out, and each must be found by living with it. */
export const bugs: readonly Bug[] = [
  {
    name: "after a timeout the order goes out again under another id",
    breaks: /is paid 2 times/,
    file: "payment/send-batch.ts",
    find: `if (mayBeThere && queries && (await bank.query(messageId)) === "taken") return true;`,
    replace:
      "if (mayBeThere) messageId += '-2', (file as string) = file.replaceAll(messageId.slice(0, -2), messageId);",
  },
  {
    name: "what the bank has accepted counts as paid",
    breaks: /cannot become settled without a booked debit/,
    file: "payment/reconcile-status.ts",
    find: "const changed = [...lastWord(answers).values()];",
    replace: `const changed = [...lastWord(answers).values()].map((payment) =>
      payment.status === "accepted" ? { ...payment, status: "settled", settledOn: "2025-11-04" } as never as Payment : payment);`,
  },
  {
    name: "a firm is promised money that the fund has not got",
    breaks: /reserved-is-owed|check constraint "budget_line_/,
    file: "confirmation/confirm-benefits.ts",
    find: `if ((await stores.budget.reserve(debit)) === "exhausted") throw new FundShort(entitlementId);`,
    replace: "await stores.budget.reserve(debit); void entitlementId;",
  },
  {
    name: "a booked line settles a payment whatever its amount",
    breaks: /cannot become settled without a booked debit/,
    file: "payment/place-line.ts",
    find: "if (line.amountFen !== payment.amountFen) {",
    replace: "if (line.amountFen < 0n) {",
  },
  {
    name: "a file of the bank is put away before it is booked",
    breaks: /is (confirmed|paid) and was paid [01] times/,
    file: "payment/receive-bank-file.ts",
    find: `    const received = await receiveBankFile(deps, content);
    await tell(deps, name, () => deps.bank.acknowledge(name));`,
    replace: `    await tell(deps, name, () => deps.bank.acknowledge(name));
    const received = await receiveBankFile(deps, content);`,
  },
  {
    name: "money that came back is free although its firm is still owed",
    breaks: /returned-waits-for-an-account/,
    file: "payment/reconcile-statement.ts",
    find: ": comeback(share, id, placement.from)]",
    replace: `: { ...comeback(share, id, placement.from), to: "available" }]`,
  },
  {
    name: "a line that comes again in another file is booked again",
    breaks: /Unique constraint failed on the fields: \(`id`\)/,
    file: "payment/repeated-lines.ts",
    find: "if (difference === undefined) return false;",
    replace: "if (difference === undefined) return true;",
  },
  {
    name: "a checker approves another file than the one they saw",
    breaks: /a checker who saw another file was let in/,
    file: "payment/batch.ts",
    find: "if (sha256Seen !== batch.sha256) {",
    replace: `if (sha256Seen === "") {`,
  },
  {
    name: "a year's end carries away what is at the bank",
    breaks: /Not possible in state/,
    file: "payment/carry-over.ts",
    find: `if (own.some((payment) => isLive(payment) && payment.status !== "reserved")) underWay += 1;`,
    replace: "if (own.length > 1_000) underWay += 1;",
  },
  {
    name: "an order whose reply is lost counts as refused",
    breaks: /is paid 2 times/,
    file: "payment/send-batch.ts",
    find: "inDoubt += 1;",
    replace: `await deps.transaction(async ({ payments, budget }) => {
        const refused = await payments.lockBatch(id);
        await payments.saveAll(refused.map((each) => ({ ...each, status: "rejected", reasonCode: "NARR" }) as never));
        const back = { from: "in-transit", to: "reserved" } as const;
        await budget.move(refused.map(({ id, budgetLine: line, amountFen }) => ({ line, amountFen, businessKey: "back:" + id, ...back })), deps.clock.now());
      });`,
  },
  {
    name: "the money of a rejected payment is free although its firm is still owed",
    breaks: /reserved-is-owed/,
    file: "payment/reconcile-status.ts",
    find: "refusal({ line, amountFen }, id));",
    replace: `({ ...refusal({ line, amountFen }, id), to: "available" as const }));`,
  },
  {
    name: "whoever waited is admitted without a look into the fund",
    breaks: /reserved-is-owed|check constraint "budget_line_/,
    file: "budget/admit-waitlisted.ts",
    find: `if ((await budget.reserveForWaiting({ line, amountFen, businessKey, at })) === "exhausted") return "exhausted";`,
    replace: "await budget.reserveForWaiting({ line, amountFen, businessKey, at });",
  },
];
