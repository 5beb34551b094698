// Loaded before anything else (`node --import`): plants the bug that PLANTED_BUG names into the source as it is read.
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bugs } from "./bugs.ts";
import { raceBugs } from "./race-bugs.ts";

const bug = [...bugs, ...raceBugs].find(({ name }) => name === process.env.PLANTED_BUG);
if (!bug) throw new Error(`PLANTED_BUG: no bug is called "${process.env.PLANTED_BUG}"`);
const { file, find, replace } = bug;
const target = pathToFileURL(path.join(import.meta.dirname, "../../packages/service/src", file)).href;
let planted = false;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (url !== target) return loaded;
    const source = String(loaded.source);
    const [before, after, ...more] = source.split(find);
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`${file}: the place of this bug does not stand there exactly once: ${find}`);
    }
    planted = true;
    return { ...loaded, source: `${before}${replace}${after}` };
  },
});

process.on("exit", () => {
  if (!planted) process.stderr.write(`${file} was never read, so nothing was planted\n`);
  if (!planted) process.exitCode = 3;
});
