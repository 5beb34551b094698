import { parentPort } from "node:worker_threads";

// A thread that dies over the first rows that it is given, as one does that is out of memory.
parentPort?.on("message", () => process.exit(3));
