import type { Clock } from "./kernel/clock.ts";
import { DomainError } from "./kernel/errors.ts";
import type { EventOf, EventType, RecordedEvent } from "./kernel/event.ts";
import type { Transaction } from "./kernel/transaction.ts";

/** What a step may use: its whole work happens in the transaction that marks it done. */
export type StepDeps<Stores> = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

export type Step<Stores, Type extends EventType> = Readonly<{
  name: string;
  run(deps: StepDeps<Stores>, event: EventOf<Type>): Promise<unknown>;
}>;

/** Event type → the steps that follow from it. */
export type Flow<Stores> = { readonly [Type in EventType]?: readonly Step<Stores, Type>[] };

/** What of `platform/flow-step` the runner needs. */
export type FlowStepStore = {
  pending(
    subscriptions: readonly Readonly<{ type: string; step: string }>[],
    now: Date,
    limit: number,
  ): Promise<readonly Readonly<{ event: RecordedEvent; step: string }>[]>;
  claim(seq: bigint, step: string, now: Date): Promise<boolean>;
  fail(seq: bigint, step: string, error: string, now: Date): Promise<void>;
};

export type FlowDeps<Stores> = Readonly<{
  transaction: Transaction<Stores & Readonly<{ flowSteps: FlowStepStore }>>;
  clock: Clock;
  flow: Flow<Stores>;
  onFailure?(event: RecordedEvent, step: string, cause: unknown): void;
}>;

const PAGE = 100;

/**
 * Takes the journal forward: every event meets each of its steps exactly once, whatever crashes or
 * repeats. A step that fails is tried again later and holds up nobody else.
 *
 * @returns number of steps done
 */
export async function runFlow<Stores>(deps: FlowDeps<Stores>): Promise<number> {
  const { transaction, clock, flow } = deps;
  const subscriptions = Object.entries(flow).flatMap(([type, steps]) =>
    steps.map(({ name }) => ({ type, step: name })),
  );
  let done = 0;
  for (;;) {
    const pending = await transaction(({ flowSteps }) => flowSteps.pending(subscriptions, clock.now(), PAGE));
    for (const { event, step } of pending) done += (await runStep(deps, event, step)) ? 1 : 0;
    if (pending.length < PAGE) return done;
  }
}

async function runStep<Stores>(deps: FlowDeps<Stores>, event: RecordedEvent, name: string): Promise<boolean> {
  const { transaction, clock, flow, onFailure } = deps;
  // The table pairs each type with steps for that type; the compiler cannot follow a pair through a loop.
  const steps = flow[event.type] as readonly Step<Stores, typeof event.type>[] | undefined;
  const step = steps?.find((candidate) => candidate.name === name);
  if (!step) return false;
  try {
    return await transaction(async (stores) => {
      if (!(await stores.flowSteps.claim(event.seq, name, clock.now()))) return false;
      await step.run({ transaction: (work) => work(stores), clock }, event as never);
      return true;
    });
  } catch (cause) {
    onFailure?.(event, name, cause);
    const reason = cause instanceof DomainError ? `${cause.code}: ${cause.message}` : String(cause);
    await transaction(({ flowSteps }) => flowSteps.fail(event.seq, name, reason, clock.now()));
    return false;
  }
}
