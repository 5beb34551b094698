import { describe, expect, test } from "vitest";
import { account, offers } from "../gallery/sample-benefits.ts";
import type { PageContext } from "../kit/page-context.ts";
import { confirmPage } from "./confirm-page.tsx";

const context: PageContext = { lang: "zh", largeText: false, path: "/offers", csrfToken: "t" };
const page = (more: Partial<Parameters<typeof confirmPage>[0]> = {}) =>
  confirmPage({ context, requestKey: "key-1", offers, account, ...more });
const ticked = (html: string) =>
  [...html.matchAll(/<input type="checkbox"[^>]*>/g)]
    .filter(([box]) => box.includes("checked"))
    .map(([box]) => /value="([^"]+)"/.exec(box)?.[1]);

describe("confirming several benefits in one act", () => {
  test("every benefit is ticked at first", () => {
    expect(ticked(page())).toEqual(["ent_A1", "ent_B2", "ent_C3"]);
  });

  test("of what excludes each other only what is proposed is ticked and summed, and each says what it comes to", () => {
    const choices = [{ zh: "选择“乙”：合计 1.00 元，比建议方案少 2.00 元", en: "With B: CNY 1.00" }];
    const instead = { isProposed: false, reasons: [], choices };
    const html = page({ offers: offers.map((offer, nth) => (nth === 0 ? { ...offer, beside: instead } : offer)) });
    expect(ticked(html)).toEqual(["ent_B2", "ent_C3"]);
    expect(html).toContain("建议方案 2 项合计");
    expect(html).toContain("比建议方案少 2.00 元");
  });

  describe("of several of which only one is granted", () => {
    const choices = ["甲", "乙"].map((title) => ({ zh: `选择“${title}”`, en: `With ${title}` }));
    const beside = (isProposed: boolean) => ({ isProposed, reasons: [], choices });
    const [first, second, third] = offers;
    const both = [{ ...first!, beside: beside(false) }, { ...second!, beside: beside(true) }, third!];
    const radios = (html: string) =>
      [...html.matchAll(/<input type="radio"[^>]*>/g)].map(([radio]) => [
        /name="([^"]*)"/.exec(radio)?.[1],
        /value="([^"]*)"/.exec(radio)?.[1],
        radio.includes("checked"),
      ]);
    const name = "choice.ent_B2";

    test("the one that comes to most is picked, another or none can be; the rest is ticked as always", () => {
      const html = page({ offers: both });
      expect(radios(html)).toEqual([
        [name, "ent_B2", true],
        [name, "ent_A1", false],
        [name, "", false],
      ]);
      expect(ticked(html)).toEqual(["ent_C3"]);
      expect(html).toContain("建议方案 2 项合计");
      expect(html.match(/选择“甲”/g)).toHaveLength(1);
    });

    test("a refused form keeps what was picked, and that nothing was", () => {
      const picked = (chosen: readonly string[]) =>
        radios(page({ offers: both, chosen, problem: { code: "changed-meanwhile" } })).map(([, , on]) => on);
      expect(picked(["ent_A1"])).toEqual([false, true, false]);
      expect(picked([])).toEqual([false, false, true]);
    });

    test("one that is left over of a choice is ticked or not, as any other", () => {
      expect(radios(page({ offers: both.slice(1) }))).toEqual([]);
    });
  });

  test("choices that exclude each other come back with the rule that says so", () => {
    const problem = { code: "not-granted-together", because: "只能享受其中一项" } as const;
    const html = page({ chosen: ["ent_A1", "ent_B2"], problem });
    expect(html).toContain("所选各项不能同时领取");
    expect(html).toContain("只能享受其中一项");
  });

  test("a refused form comes back with the reader's own choice", () => {
    expect(ticked(page({ chosen: ["ent_B2"], problem: { code: "changed-meanwhile" } }))).toEqual(["ent_B2"]);
    expect(ticked(page({ chosen: [], problem: { code: "nothing-chosen" } }))).toEqual([]);
  });

  test("the answer carries the amount that was shown, and a key that makes it once only", () => {
    const html = page();
    for (const { id, amountFen } of offers) {
      expect(html).toContain(`<input type="hidden" name="seen.${id}" value="${amountFen}"/>`);
    }
    expect(html).toContain('<input type="hidden" name="requestKey" value="key-1"/>');
  });

  test("the total is the sum of all, and says so, because nothing recounts it without JavaScript", () => {
    const html = page({ offers: offers.map((offer) => ({ ...offer, amountFen: "9007199254740993" })) });
    expect(html).toContain("全部 3 项合计");
    expect(html).toMatch(/<output[^>]*>270,215,977,642,229.79 元<\/output>/);
  });

  test("the last day to answer is named, not the deadline, which is already too late", () => {
    expect(page()).toMatch(/请在 <time[^>]*>12 月 31 日<\/time>前确认（含当天）/);
  });

  test("a changed amount shows old and new, links to the line, and takes the focus", () => {
    const changes = [{ id: "ent_A1", seenFen: "1248000", nowFen: "1260000" }];
    const html = page({ chosen: ["ent_A1"], problem: { code: "amount-changed", changes } });
    expect(html).toContain("12,480.00 元 → 12,600.00 元");
    expect(html).toContain('href="#choice-ent_A1"');
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(html).toMatch(/<title>错误：/);
  });

  test("nothing to confirm is a calm sentence without a form", () => {
    const html = page({ offers: [] });
    expect(html).toContain("有新的我们会通知您，您不用来查。");
    expect(html).not.toContain('action="/confirm"');
  });
});

describe("when the money comes", () => {
  const [first] = offers;
  const said = (payWithin?: Parameters<typeof confirmPage>[0]["offers"][number]["payWithin"]) =>
    page({ offers: first ? [{ ...first, payWithin }] : [] });
  test("is what the policy itself promises, with its clause, or else what it has to keep", () => {
    expect(said({ kind: "promised", workingDays: 5, clause: "七" })).toContain(
      "承诺时限：资金落实后 5 个工作日内到账（七）",
    );
    expect(said({ kind: "statutory", workingDays: 20, clause: "七" })).toContain(
      "规定时限：资金落实后 20 个工作日内到账（七）",
    );
  });
  test("is not said where the policy says nothing", () => {
    expect(said()).not.toContain("个工作日");
  });
});
