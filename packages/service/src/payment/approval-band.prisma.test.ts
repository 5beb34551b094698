import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { confirmBand, dropBand, proposeBand } from "./change-band.ts";
import { type MoneyDeps, moneyDeps } from "./testing.prisma.ts";

let store: Store;
let deps: MoneyDeps;
beforeAll(async () => {
  store = await openTestStore();
  deps = moneyDeps(store);
});
afterAll(() => store.close());

const DOCUMENT = "豫财〔2025〕12 号";
const proposeFen = (amount: bigint) =>
  proposeBand(deps, { aboveFen: fen(amount), document: DOCUMENT, proposedBy: "maker" });
const inForce = () => deps.transaction(({ approvalBands }) => approvalBands.inForce());
const neededFor = (amount: bigint) => deps.transaction(({ batches }) => batches.checkersFor(fen(amount)));
const journal = async (...types: string[]) =>
  (await store.prisma.journalEvent.findMany({ where: { type: { in: types } }, orderBy: { seq: "asc" } })).map(
    ({ type, actor }) => `${type} ${actor}`,
  );

test("nothing changes until another person confirms; then batches are held to it, and the way there is on record", async () => {
  const before = await inForce();
  const id = await proposeFen(500n);
  expect(await inForce()).toEqual(before);
  expect(await neededFor(501n)).toBe(1);
  await expect(confirmBand(deps, { id, confirmedBy: "maker" })).rejects.toMatchObject({ code: "maker-is-checker" });
  for (const _ of [1, 2]) await confirmBand(deps, { id, confirmedBy: "checker" });
  expect([await neededFor(500n), await neededFor(501n)]).toEqual([1, 2]);
  const bands = await deps.transaction(({ approvalBands }) => approvalBands.list());
  expect(bands).toMatchObject([{ aboveFen: 500n, document: DOCUMENT, actor: "checker", proposedBy: "maker" }, before]);
  expect(await journal("band-proposed", "band-changed")).toEqual(["band-proposed maker", "band-changed checker"]);
});

test("one proposal at a time; one that is dropped changes nothing and makes room", async () => {
  const id = await proposeFen(700n);
  await expect(proposeFen(800n)).rejects.toMatchObject({ code: "band-proposal-waiting" });
  await dropBand(deps, { id, droppedBy: "checker", reason: "金额有误" });
  expect((await inForce()).aboveFen).toBe(500n);
  await expect(confirmBand(deps, { id, confirmedBy: "checker" })).rejects.toMatchObject({
    code: "band-proposal-not-open",
  });
  expect(await journal("band-dropped")).toEqual(["band-dropped checker"]);
  await confirmBand(deps, { id: await proposeFen(800n), confirmedBy: "checker" });
  expect((await inForce()).aboveFen).toBe(800n);
});

test("a proposal that nobody made is not confirmed", async () => {
  const unknown = confirmBand(deps, { id: "band-proposal_none", confirmedBy: "checker" });
  await expect(unknown).rejects.toMatchObject({ code: "band-proposal-not-found" });
});

test("two who confirm at the same moment make one band", async () => {
  const id = await proposeFen(900n);
  const both = await Promise.allSettled(
    ["checker", "second-checker"].map((confirmedBy) => confirmBand(deps, { id, confirmedBy })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await store.prisma.approvalBand.count({ where: { proposalId: id } })).toBe(1);
});

describe("raw SQL cannot", () => {
  const refused = async (sql: string, reason: RegExp) =>
    expect(store.prisma.$executeRawUnsafe(sql), sql).rejects.toThrow(reason);
  const band = (aboveFen: number, proposalId: string, actor = "checker") =>
    `INSERT INTO approval_band (above_fen, document, actor, at, proposal_id)
     SELECT ${aboveFen}, '${DOCUMENT}', '${actor}', now(), ${proposalId}`;

  test("put a band in force that nobody proposed, that nobody confirmed, or another than was confirmed", async () => {
    await refused(band(1, "NULL"), /one person proposed and another confirmed/);
    const id = await proposeFen(600n);
    await refused(band(600, `'${id}'`), /one person proposed and another confirmed/);
    await confirmBand(deps, { id, confirmedBy: "checker" });
    await refused(band(600, `'${id}'`), /one person proposed and another confirmed/);
    await refused("UPDATE approval_band SET above_fen = 1", /append-only/);
  });

  test("let one person do both, confirm without a band, change a proposal or take it off the record", async () => {
    const id = await proposeFen(650n);
    const of = `WHERE id = '${id}'`;
    const close = (by: string) =>
      `UPDATE approval_band_proposal SET status = 'confirmed', closed_by = '${by}', closed_at = now() ${of}`;
    await refused(close("maker"), /two_people/);
    await refused(close("checker"), /no band follows/);
    await refused(`UPDATE approval_band_proposal SET above_fen = 10000 ${of}`, /kept as it was made/);
    await refused(`UPDATE approval_band_proposal SET proposed_by = 'checker' ${of}`, /kept as it was made/);
    await refused(`DELETE FROM approval_band_proposal ${of}`, /append-only/);
    await dropBand(deps, { id, droppedBy: "maker", reason: "撤回" });
    await refused(`UPDATE approval_band_proposal SET status = 'open', closed_by = NULL ${of}`, /illegal|kept|cannot/);
  });
});
