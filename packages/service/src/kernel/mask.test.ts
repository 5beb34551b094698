import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskAccountNo, maskFirmName, maskSubjectCode } from "./mask.ts";

describe("a masked account number", () => {
  test("keeps the last four digits only", () => {
    expect(maskAccountNo("6222020200001234567")).toBe("****4567");
  });

  test("keeps nothing of a number so short that four digits would be half of it", () => {
    expect(maskAccountNo("12345678")).toBe("****");
  });
});

describe("a masked credit code", () => {
  test("keeps kind, place of registration and the last two characters", () => {
    expect(maskSubjectCode("91410100MA3X00001K")).toBe("91410100********1K");
  });

  test("keeps no tail for an individual business, which stands for one person", () => {
    expect(maskSubjectCode("92410105MA3X00001K")).toBe("92410105**********");
  });

  test("a registration number of 15 digits shows the place alone", () => {
    expect(maskSubjectCode("110108000000016")).toBe("110108*********");
  });
});

describe("a masked firm name", () => {
  test.each([
    ["郑州星河科技有限公司", "郑州****有限公司"],
    ["河南省星河机械股份有限公司", "河南省****股份有限公司"],
    ["河南郑州星河集团有限公司", "河南郑州****集团有限公司"],
    ["星河（河南）实业有限责任公司", "****有限责任公司"],
    ["安阳县星河农民专业合作社", "安阳县****农民专业合作社"],
  ])("keeps place and legal form: %s", (name, masked) => expect(maskFirmName(name)).toBe(masked));

  test.each([
    ["郑州市金水区张三小吃店", "郑州市金水区****小吃店"],
    ["张三小吃店", "****小吃店"],
    ["中牟县李四五金经营部", "中牟县****经营部"],
    ["郑州市二七区王五理发店（个体工商户）", "郑州市二七区****（个体工商户）"],
    ["河南张三律师事务所", "河南****律师事务所"],
    ["张三", "****"],
  ])("hides a person's name in it: %s", (name, masked) => expect(maskFirmName(name)).toBe(masked));

  test.each(["许昌小吃店", "郑州市有限公司"])("never shows a place that is the whole name: %s", (name) => {
    expect(maskFirmName(name)).toMatch(/^\*{4}/);
  });

  test("never contains the name it masks, whatever the name is", () => {
    const part = fc.constantFrom("郑州", "市", "金水区", "张三", "科技", "有限公司", "店", "律师事务所", "a", " ");
    const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(name, (original) => {
        fc.pre(original.trim() !== "");
        return !maskFirmName(original).includes(original.trim());
      }),
    );
  });
});
