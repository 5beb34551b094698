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
