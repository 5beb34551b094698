import { randomFor } from "../../packages/service/src/demo/sample-random.ts";
import { flow } from "../../packages/service/src/flow.ts";
import { preparePayment } from "../../packages/service/src/payment/prepare-payment.ts";
import { type Flow, runFlow } from "../../packages/service/src/run-flow.ts";
import { both, isOvertaken } from "./two-instances.ts";
import type { Deps, Stores, World } from "./world.ts";

/** The table as it is. Steps that never find anything to do in these lives are not given the stores for it. */
const moneyFlow = flow as unknown as Flow<Stores>;

/** Takes the journal forward: what was agreed or came back is prepared, and who waited is admitted. */
export function whatFollows({ clock, transaction }: Deps): Promise<number> {
  return runFlow<Stores>({ clock, transaction, flow: moneyFlow, onFailure });
}

/**
 * A step that came too late is tried again. Any other failure would be as well, and would hide what broke; nor is a cut
 * a failure: the machine stands still.
 */
function onFailure(_: unknown, __: string, cause: unknown): void {
  if (!isOvertaken(cause)) throw cause;
}

/** An event may be heard of again long after its payment was prepared. */
export async function hearAgain(world: World, nth: number, isCalm: boolean): Promise<void> {
  const random = randomFor(world.life.seed, "again", nth);
  const owed = await world.store.prisma.entitlement.findMany({ where: { status: "confirmed" }, select: { id: true } });
  for (const { id } of owed) {
    if (!(await hasLivePayment(world, id)) || !random.chance(0.3)) continue;
    await both(world, `prepare ${id}`, nth, isCalm, (deps) => preparePayment(deps, { entitlementId: id }));
  }
}

async function hasLivePayment({ store }: World, entitlementId: string): Promise<boolean> {
  const dead = ["voided", "rejected", "returned"];
  return (await store.prisma.payment.count({ where: { entitlementId, status: { notIn: dead } } })) > 0;
}
