// Node strips types by itself but leaves JSX alone. Pages are written in .tsx, so this hook
// (loaded with `node --import`) turns exactly those files into JavaScript; nothing is built ahead.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

// React has two builds, and takes the slow one of development unless this is said before it is loaded. Tests say
// otherwise themselves, so that they hear its warnings.
process.env.NODE_ENV ??= "production";

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith("file:") || !url.endsWith(".tsx")) return nextLoad(url, context);
    const file = fileURLToPath(url);
    const { code } = transformSync(readFileSync(file, "utf8"), {
      loader: "tsx",
      jsx: "automatic",
      format: "esm",
      target: "node24",
      sourcefile: file,
      sourcemap: "inline",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
