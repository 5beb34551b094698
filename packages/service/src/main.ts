import { randomBytes } from "node:crypto";
import path from "node:path";
import { RulesError } from "@apply-free/rules";
import { Command, CommanderError } from "commander";
import { registerBand } from "./commands/band.cli.ts";
import { registerBounce } from "./commands/bounce.cli.ts";
import { registerCheck } from "./commands/check.cli.ts";
import { registerCredential } from "./commands/credential.cli.ts";
import { registerDecide } from "./commands/decide.cli.ts";
import { registerDemo } from "./commands/demo.cli.ts";
import { registerDiff } from "./commands/diff.cli.ts";
import { registerDoctor } from "./commands/doctor.cli.ts";
import { registerExplain } from "./commands/explain.cli.ts";
import { registerFund } from "./commands/fund.cli.ts";
import { registerGenerate } from "./commands/generate.cli.ts";
import { registerImport } from "./commands/import.cli.ts";
import type { Io } from "./commands/io.ts";
import { registerKeys } from "./commands/keys.cli.ts";
import { registerMigrate } from "./commands/migrate.cli.ts";
import { registerReplay } from "./commands/replay.cli.ts";
import { registerServe } from "./commands/serve.cli.ts";
import { registerSweep } from "./commands/sweep.cli.ts";
import type { Clock } from "./kernel/clock.ts";
import { DomainError } from "./kernel/errors.ts";
import type { Random } from "./kernel/random.ts";

// The only place that reads the clock, rolls dice, and talks to the terminal.
const clock: Clock = { now: () => new Date() };
const random: Random = { token: () => randomBytes(32).toString("base64url") };
const io: Io = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  fail: (status) => {
    process.exitCode = status;
  },
};
// Whoever reads along may have seen enough (`… | head`): then the rest is said to nobody, and the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EPIPE") throw cause;
  });
}
const rules = path.join(import.meta.dirname, "../../../rules");

const program = new Command("apply-free")
  .description("pays enterprises the benefits that policies grant, without anyone applying (免申即享)")
  .exitOverride()
  .configureOutput({ writeErr: (text) => io.err(text.trimEnd()), writeOut: (text) => io.out(text.trimEnd()) });
registerDemo(program, io, { wallClock: clock, random, rules });
registerServe(program, io, { clock, random, rules });
registerMigrate(program, io);
registerDoctor(program, io, { clock });
registerCheck(program, io);
registerDecide(program, io, { clock });
registerExplain(program, io, { clock });
registerDiff(program, io, { clock });
registerSweep(program, io, { clock, random });
registerGenerate(program, io);
registerImport(program, io, { clock, rules });
registerCredential(program, io, { clock, random, rules });
registerKeys(program, io);
registerFund(program, io, { clock });
registerBand(program, io, { clock });
registerReplay(program, io);
registerBounce(program, io, { clock });

try {
  await program.parseAsync();
} catch (cause) {
  if (cause instanceof CommanderError) {
    if (cause.exitCode !== 0) io.fail(2);
  } else if (cause instanceof DomainError || cause instanceof RulesError) {
    // Expected trouble is one line; anything else is a bug and shows where it is.
    io.err(`apply-free: ${cause.message}`);
    io.fail(2);
  } else throw cause;
}
