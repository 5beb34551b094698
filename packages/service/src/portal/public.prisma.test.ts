import { gzipSync } from "node:zlib";
import { staticAssets } from "@apply-free/ui";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { benefitFlow } from "./benefit-flow.prisma.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 180_000);
afterAll(() => town.close());

const refund = "/policies/henan-o01-unemployment-insurance-refund";

describe("the guide of a policy", () => {
  test("has its six elements, and papers that nobody hands in carry 免", async () => {
    const { body } = await town.browser().get(refund);
    const elements = ["办理条件", "办理程序", "办理时限", "材料", "责任部门", "咨询方式"];
    for (const element of elements) expect([element, body.includes(`<dt>${element}</dt>`)]).toEqual([element, true]);
    expect(body.includes(`<span class="tag good">免</span>`)).toBe(true);
    expect(body.includes("<script")).toBe(false);
  });

  test("draws and tells every step that the database allows, and no other", async () => {
    const flow = await benefitFlow(town.world.house.db);
    expect(flow.length).toBeGreaterThan(10);
    const page = await town.browser().get(refund);
    const body = page.body.slice(page.body.indexOf("<figure"), page.body.indexOf("</figure>"));
    const heads = [...body.matchAll(/marker-(?:end|start)="url\(#tip\)"/g)];
    expect(heads).toHaveLength(flow.filter(({ from }) => from !== "").length);
    const states = new Set(flow.map(({ to }) => to));
    expect([...body.matchAll(/<rect /g)]).toHaveLength(states.size);
    expect(body).toContain("“已拨付”之后：办理中、已到账");
  });
});

describe("the policy zone", () => {
  test("shows the policies in force, by place and kind, and each leads to its page", async () => {
    const browser = town.browser();
    const idsOf = async (query: string) => {
      const { statusCode, body } = await browser.get(`/policies?${query}`);
      expect([query, statusCode]).toEqual([query, 200]);
      return [...body.matchAll(/<h2[^>]*><a href="\/policies\/([^"]+)"/g)].map(([, id = ""]) => id);
    };
    const all = await idsOf("");
    expect(all.length).toBeGreaterThan(1);
    expect(await idsOf("region=&kind=")).toEqual(all);
    const elsewhere = await idsOf("region=510300");
    expect(elsewhere.length).toBeLessThan(all.length);
    expect(await idsOf("kind=qualification")).toEqual([]);
    for (const id of all) expect((await browser.get(`/policies/${id}`)).statusCode).toBe(200);
    for (const query of ["region=41", "kind=x"]) {
      expect((await browser.get(`/policies?${query}`)).statusCode).toBe(400);
    }
  });

  test("gives programs the same policies, each with the digest of its version and nothing of the house", async () => {
    const { body, headers } = await town.browser().get("/policies.json?lang=en");
    const { policies } = JSON.parse(body);
    const versions = await town.world.house.db.policyVersion.findMany();
    const [first] = policies;
    expect(Object.keys(first)).toEqual([
      ...["id", "version", "sha256", "title", "kind", "regionCode", "issuer", "documentNo", "validFrom", "validTo"],
      ...["requirements", "benefit", "money", "guide", "paidCount", "paidYuan", "page"],
    ]);
    for (const { id, sha256 } of policies) {
      expect(versions.find(({ policyId }) => policyId === id)?.sha256).toBe(sha256);
    }
    for (const { publishedBy, approvedBy, budgetLine } of versions) {
      for (const canary of [publishedBy, approvedBy, budgetLine]) expect(body.includes(`"${canary}"`)).toBe(false);
    }
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("public, max-age=300");
  });
});

test("no page of a policy as it is weighs more than 15 kB with everything it loads, in either language", async () => {
  const weight = (text: string) => gzipSync(text).length;
  const loaded = staticAssets().filter(({ path }) => /portal|icon/.test(path));
  const shared = loaded.reduce((sum, { body }) => sum + weight(body), 0);
  const versions = await town.world.house.db.policyVersion.findMany({ select: { policyId: true } });
  for (const { policyId } of versions) {
    for (const path of [`/policies/${policyId}`, `/widget/${policyId}`]) {
      for (const lang of ["zh", "en"]) {
        const { statusCode, body } = await town.browser().get(`${path}?lang=${lang}`);
        expect([path, statusCode]).toEqual([path, 200]);
        expect([path, lang, weight(body) + shared <= 15_000]).toEqual([path, lang, true]);
      }
    }
  }
});

describe("the page for frames", () => {
  const widget = "/widget/henan-o01-unemployment-insurance-refund";

  test("may be framed by any site, and has nothing in it that a framing site could misuse", async () => {
    const browser = town.browser();
    await browser.signIn("auditor");
    const before = new Map(browser.cookies);
    const { statusCode, body, headers } = await browser.get(`${widget}?lang=en&large=1`);
    expect(statusCode).toBe(200);
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none';style-src 'self';form-action 'none';base-uri 'none';frame-ancestors *",
    );
    expect([headers["x-frame-options"], headers["set-cookie"]]).toEqual([undefined, undefined]);
    expect(browser.cookies).toEqual(before);
    expect(/<(?:script|form|input|button)\b/.test(body)).toBe(false);
    const anonymous = await town.browser().get(`${widget}?lang=en&large=1`);
    expect(body).toBe(anonymous.body);
  });

  test("a policy that does not exist, and an address that nobody would write, are answered as calmly", async () => {
    for (const policy of ["nothing", encodeURIComponent('"><script>alert(1)</script>'), "%00"]) {
      const { statusCode, body, headers } = await town.browser().get(`/widget/${policy}?lang=x&large=y`);
      expect([policy, statusCode]).toEqual([policy, 404]);
      expect(body.includes("<script")).toBe(false);
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });

  test("is what the line on the policy's page shows; that page itself cannot be framed", async () => {
    const { body, headers } = await town.browser().get(refund);
    const address = /&lt;iframe src=&quot;([^&]+)&quot;/.exec(body)?.[1] ?? "";
    expect(address.endsWith(`${widget}?lang=zh`)).toBe(true);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  });
});
