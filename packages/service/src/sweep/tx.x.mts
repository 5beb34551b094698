import { openTestStore } from "../platform/testing.prisma.ts";
const store = await openTestStore();
const t = performance.now();
try { console.log(await store.prisma.$transaction([store.prisma.$executeRawUnsafe("SET LOCAL jit = off"), store.prisma.$queryRawUnsafe("SELECT 1 AS a, pg_sleep(63)::text AS b")])); } catch (e) { console.log("ERR", (e as Error).message); }
console.log(performance.now() - t);
await store.close();
