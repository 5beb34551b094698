import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { checkCharacterOf, type IdentityNumber } from "../kernel/identity-number.ts";
import { fen } from "../kernel/money.ts";
import { isInOffice, refuseUnlawful } from "./guardianship.ts";

const day = "2025-11-03" as Day;
const bornOn = (date: string) => {
  const first17 = `999999${date}001`;
  return (first17 + checkCharacterOf(first17)) as IdentityNumber;
};
const grown = bornOn("19860713");
const terms: Parameters<typeof refuseUnlawful>[0] = {
  ...{ ward: bornOn("20150901"), guardian: grown, basis: "parent", policies: "all" },
  ...{ capFen: fen(1), expiresOn: "2026-11-04" as Day },
};

function refusal(change: Partial<Parameters<typeof refuseUnlawful>[0]>): string {
  try {
    refuseUnlawful({ ...terms, ...change }, day);
    return "";
  } catch (cause) {
    return (cause as Error).message;
  }
}

describe("a guardianship", () => {
  test.each([
    ["a parent for a child, for a year and a day of a leap year at most", {}, ""],
    ["longer than that", { expiresOn: "2026-11-05" as Day }, "2026-11-04"],
    ["until yesterday", { expiresOn: "2025-11-02" as Day }, "到期日"],
    ["a child until the day before it comes of age", { ward: bornOn("20080401"), expiresOn: "2026-03-31" as Day }, ""],
    ["a child on the day it comes of age", { ward: bornOn("20080401"), expiresOn: "2026-04-01" as Day }, "2026-03-31"],
    [
      "a child of 29 February until the last of that month",
      { ward: bornOn("20080229"), expiresOn: "2026-02-28" as Day },
      "",
    ],
    ["a parent for somebody who is eighteen today", { ward: bornOn("20071103") }, "已成年"],
    ["whom a court appointed for somebody of age", { ward: bornOn("20071103"), basis: "court" as const }, ""],
    ["a guardian who is eighteen today", { guardian: bornOn("20071103") }, ""],
    ["a guardian who will be tomorrow", { guardian: bornOn("20071104") }, "未满十八周岁"],
    ["of oneself", { ward: grown, basis: "court" as const }, "同一人"],
    ["without a cap", { capFen: fen(0) }, "上限"],
    ["for no policy", { policies: [] }, "范围"],
  ])("%s", (_, change, because) => {
    const message = refusal(change);
    expect(because === "" ? message : message.includes(because)).toBe(because === "" ? "" : true);
  });

  const base = { ...terms, id: "g", accountId: "a", ward: "P", guardian: "b", paperNo: "1", recordedBy: "c" };
  const act = { by: "d", at: new Date(0) };
  test.each([
    ["holds on its last day", { checked: act }, "2026-11-04", true],
    ["not on the day after", { checked: act }, "2026-11-05", false],
    ["not before it is checked", {}, "2025-11-04", false],
    ["not after it has ended", { checked: act, ended: act }, "2025-11-04", false],
  ])("%s", (_, state, on, expected) => {
    expect(isInOffice({ ...base, recordedAt: new Date(0), ...state }, on as Day)).toBe(expected);
  });
});
