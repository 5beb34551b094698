import { booksOn } from "../../packages/service/src/audit/books.prisma.ts";
import { INVENTED } from "../unruly-bank/faults.ts";
import { accountsOf, Broken, type Lived, type Member, type World } from "./world.ts";
import { sumFen } from "./year.ts";

/** What holds at the end of every day, whatever happened in it. */
export async function checkLaws(world: World): Promise<void> {
  const { store, bank, members, appropriatedFen } = world;
  const net = bank.netOf();
  const netOf = (member: Member) => accountsOf(member).reduce((times, account) => times + (net.get(account) ?? 0), 0);
  for (const member of members) {
    if (netOf(member) > 1) throw new Broken(`${member.firmCode} is paid ${netOf(member)} times`);
  }
  const owed = new Map(members.flatMap((member) => accountsOf(member).map((account) => [account, member.amountFen])));
  for (const { amountFen, endToEndId, creditorAccount } of bank.orders()) {
    if (amountFen !== owed.get(creditorAccount)) throw new Broken(`${endToEndId} orders ${amountFen} 分`);
  }
  const gone = members.reduce((total, member) => total + member.amountFen * BigInt(netOf(member)), 0n);
  if (gone > appropriatedFen) throw new Broken(`the bank paid ${gone} 分 of ${appropriatedFen}`);
  const settled = await store.prisma.payment.findMany({ where: { status: "settled" }, select: { endToEndId: true } });
  for (const { endToEndId } of settled) {
    if (!bank.debited(endToEndId)) throw new Broken(`${endToEndId} counts as paid, and the bank never booked it`);
  }
  const differences = await booksOn(store.prisma).differences();
  if (differences.length > 0) throw new Broken(`the books differ: ${JSON.stringify(differences)}`);
}

/** Everything has come to its end: nobody twice, nobody left out, nothing open. */
export async function conclude(world: World): Promise<Lived> {
  const { life, store, bank, members, power, appropriatedFen } = world;
  const fail = (law: string) => new Broken(`seed ${life.seed}, at the end: ${law}`);
  const net = bank.netOf();
  for (const member of members) {
    const { firmCode, entitlementId } = member;
    const times = accountsOf(member).reduce((sum, account) => sum + (net.get(account) ?? 0), 0);
    const { status } = await store.prisma.entitlement.findUniqueOrThrow({ where: { id: entitlementId } });
    if (times !== 1 || status !== "paid") throw fail(`${firmCode} is ${status} and was paid ${times} times`);
  }
  const open = await store.prisma.paymentBatch.count({ where: { status: { notIn: ["closed", "cancelled"] } } });
  if (open > 0) throw fail(`${open} batches are still open`);
  const aside = await store.prisma.statementLine.findMany({ where: { result: "suspense" } });
  const ours = aside.filter(({ reference }) => !reference.startsWith(INVENTED));
  if (ours.length > 0) throw fail(`${ours.length} true lines of the bank lie aside: ${ours[0]?.note}`);
  const lines = await store.prisma.budgetLine.findMany();
  const sum = (pick: (line: (typeof lines)[number]) => bigint) => lines.reduce((total, line) => total + pick(line), 0n);
  const paidFen = sumFen(members);
  if (sum((line) => line.paidFen) !== paidFen) throw fail(`${sum((line) => line.paidFen)} 分 paid, not ${paidFen}`);
  const kept = sum((line) => line.reservedFen + line.committedFen + line.inTransitFen + line.returnedFen);
  if (kept !== 0n) throw fail(`${kept} 分 are kept for nobody`);
  if (sum((line) => line.availableFen) !== appropriatedFen - paidFen) throw fail("what is left is not what was given");
  const places = [...power.passed].sort();
  return {
    ...life,
    firms: members.length,
    paid: members.length,
    attempts: await store.prisma.payment.count(),
    cuts: world.cuts,
    places,
    neverCut: places.filter((place) => !power.failedAt.has(place)),
    happened: [...bank.happened].sort(),
  };
}
