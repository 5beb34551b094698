import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ComparedFirm, compareVersions, decide } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { everyFirm } from "../matching/firm-profiles.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { readDraft } from "../policies/read-draft.ts";
import { draftImpact, type GroupImpact } from "../reach/draft-impact.ts";
import { reachOf } from "../reach/reach-of.ts";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

/** Among the policies of the demonstration, one that somebody fits. */
const directory = path.join(import.meta.dirname, "../../../../rules/zhengzhou/o10-high-tech-first-recognition");
const id = "zhengzhou-o10-high-tech-first-recognition";
const page = `/desk/policies/${id}/reach`;

let town: Town;
let text: string;
beforeAll(async () => {
  town = await openTown(120);
  text = await readFile(path.join(directory, "policy.yaml"), "utf8");
}, 180_000);
afterAll(() => town.close());

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

async function inForce() {
  const versions = await policyVersionStore(town.world.house.db).listLatest();
  const version = versions.find(({ policyId }) => policyId === id);
  if (!version) throw new Error(`${id} is not in force`);
  return town.world.house.compiled.get(version);
}

async function profiles() {
  const { transaction, reach } = town.world.house;
  const firms: ComparedFirm[] = [];
  for await (const { code, profile } of everyFirm(transaction, (await reach.current()).asOf)) {
    firms.push({ id: code, profileBefore: profile, profileAfter: profile });
  }
  return firms;
}

describe("the reach of a policy", () => {
  test("is what the decisions of all firms come to, and its regions add up to it", async () => {
    const { reach } = town.world.house;
    const { policy } = await inForce();
    const live = await reach.current();
    const decisions = await Promise.all(
      (await profiles()).map(({ profileBefore }) => decide(policy, profileBefore, { asOf: live.asOf })),
    );
    const eligible = decisions.filter(({ outcome }) => outcome === "eligible").length;
    const counted = reachOf(live, policy);
    if (counted.kind === "needs") throw new Error("a policy in force needs nothing");
    expect(eligible).toBeGreaterThan(0);
    expect(counted.whole.eligible).toBe(eligible);
    const sum = (key: "firms" | "eligible" | "undetermined") =>
      counted.regions.reduce((total, region) => total + region[key], 0);
    expect([sum("firms"), sum("eligible")]).toEqual([live.table.rows, eligible]);
    expect(sum("undetermined")).toBe(counted.whole.undetermined);
    const one = counted.regions.find((region) => region.eligible > 0)?.code ?? "";
    const there = reachOf(live, policy, one);
    expect(there).toMatchObject({ whole: counted.whole, region: one });
    expect(there).not.toMatchObject({ conditions: counted.conditions });
  });

  test("is shown to authors and auditors, in both languages, and to nobody else", async () => {
    const author = await signedIn("author");
    const { body, statusCode } = await author.get(page);
    expect(statusCode).toBe(200);
    expect(body).toContain("只差这一条");
    expect(body).toContain("金水区");
    expect((await author.get("/desk/policies")).body).toContain(page);
    const auditor = await signedIn("auditor");
    expect((await auditor.get(`${page}?region=410105&lang=en`)).body).toContain(
      "counts firms in Jinshui District only",
    );
    expect((await (await signedIn("maker")).get(page)).statusCode).toBe(403);
    expect((await author.get("/desk/policies/nothing/reach")).statusCode).toBe(404);
  });
});

describe("a draft", () => {
  test.each([
    ["of the same text", (yaml: string) => yaml, false],
    ["with a limit that no policy in force has", (yaml: string) => yaml.replace("value: 12", "value: 11"), true],
    ["that asks for another place", (yaml: string) => yaml.replace('"4101"', '"4102"'), true],
    ["that pays otherwise", (yaml: string) => yaml.replace("amount: 200000", "amount: 150000.5"), false],
    ["that asks less", (yaml: string) => yaml.replace(/^ +- \{ name: neverRelocated.*$/m, ""), false],
  ])("%s has the impact that comparing all firms one by one has", async (_, edit, wasRead) => {
    const compiled = await inForce();
    const draft = readDraft(edit(text), compiled);
    const { house } = town.world;
    const impact = await draftImpact(house, compiled.policy, draft);
    const asOf = (await house.reach.current()).asOf;
    const compared = await compareVersions(compiled.policy, draft.policy, await profiles(), { asOf });
    const { gained, lost, opened, settled, amountChanged, differenceFen } = compared;
    expect(impact.changed).toEqual({ gained, lost, opened, settled });
    expect(impact.money).toMatchObject({ amountChanged, differenceFen, left: 0 });
    expect([impact.before.eligible, impact.after.eligible]).toEqual([
      compared.before.eligible,
      compared.after.eligible,
    ]);
    expect(impact.wasRead).toBe(wasRead);
    for (const groups of [impact.byRegion, impact.bySize]) {
      const sum = (of: (group: GroupImpact) => number | bigint) =>
        [...groups.values()].reduce((total, group) => total + BigInt(of(group)), 0n);
      expect(sum((group) => group.gained)).toBe(BigInt(gained));
      expect(sum((group) => group.lost)).toBe(BigInt(lost));
      expect(sum((group) => group.amountChanged)).toBe(BigInt(amountChanged));
      expect(sum((group) => BigInt(group.differenceFen))).toBe(BigInt(differenceFen));
    }
  });

  test("is tried by a form, typed or as a file, and nothing of it stays", async () => {
    const author = await signedIn("author");
    await author.get(page);
    const typed = await author.upload(page, { text }, new File([], ""));
    expect(typed.statusCode).toBe(200);
    expect(typed.body).toContain("新版本的影响");
    const asFile = await author.upload(page, { text: "" }, new File([text], "policy.yaml"));
    expect(asFile.body).toContain("没有企业受影响");
    expect(await town.world.house.db.policyVersion.count({ where: { policyId: id } })).toBe(1);
  });

  test("that cannot be read says in which line, and what was typed is kept", async () => {
    const author = await signedIn("author");
    await author.get(page);
    const wrong = await author.upload(page, { text: `${text}\nconditions: 1` }, new File([], ""));
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toMatch(/policy\.yaml:\d+/);
    expect(wrong.body).toMatch(/<textarea[^>]*>id: zhengzhou-o10/);
    const other = await author.upload(page, { text: text.replace(`id: ${id}`, "id: another") }, new File([], ""));
    expect(other.body).toContain("另一项政策");
    expect((await author.upload(page, { text: "" }, new File([], ""))).statusCode).toBe(400);
  });
});

describe("while the firms are being read", () => {
  test("the page says how far they are and comes back by itself; a draft that was sent is kept", async () => {
    const { reach } = town.world.house;
    const author = await signedIn("author");
    await author.get(page);
    const current = vi.spyOn(reach, "current").mockReturnValue(new Promise(() => {}));
    const reading = vi.spyOn(reach, "reading", "get").mockReturnValue({ done: 40, of: 120 });
    try {
      const waiting = await author.get(page);
      expect(waiting.statusCode).toBe(200);
      expect(waiting.body).toContain("已读 40 家，共 120 家");
      expect(waiting.headers.refresh).toBe("2");
      const sent = await author.upload(page, { text }, new File([], ""));
      expect(sent.headers.refresh).toBeUndefined();
      expect(sent.body).toMatch(/<textarea[^>]*>id: zhengzhou-o10/);
      expect((await author.get("/readyz")).statusCode).toBe(200);
    } finally {
      current.mockRestore();
      reading.mockRestore();
    }
    expect((await author.get(page)).body).toContain("只差这一条");
  });
});
