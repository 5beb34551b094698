import { expect, test } from "vitest";
import { checkCreditCode, organisationCheckDigit } from "../kernel/credit-code.ts";
import type { Day } from "../kernel/day.ts";
import { sampleBehaviour } from "./sample-behaviour.ts";
import { sampleBody } from "./sample-body.ts";
import { renamedFirm, sampleFirms } from "./sample-firms.ts";
import { randomFor } from "./sample-random.ts";

const size = { seed: 2025, count: 500, start: "2025-11-03" as Day };
const firms = sampleFirms(size);
const share = (of: number) => of / firms.length;

test("every credit code is valid in both layers and belongs to one firm", () => {
  for (const { code } of firms) {
    expect(checkCreditCode(code).kind).toBe("valid");
    expect(organisationCheckDigit(code.slice(8, 16))).toBe(code[16]);
  }
  expect(new Set(firms.map(({ code }) => code)).size).toBe(500);
});

test("every name says that it is a sample, and no two firms share one", () => {
  expect(firms.every(({ name }) => name.includes("示例"))).toBe(true);
  expect(new Set(sampleFirms({ ...size, count: 3_000 }).map(({ name }) => name)).size).toBe(3_000);
});

test("mail goes to a domain that nobody owns", () => {
  expect(firms[0]?.email).toBe("firm-0001@firms.example");
  expect(firms.every(({ email }) => email.endsWith("@firms.example"))).toBe(true);
});

test("the same seed makes the same firms, another seed others", () => {
  expect(sampleFirms(size)).toEqual(firms);
  expect(sampleFirms({ ...size, seed: 1 }).map(({ trade }) => trade)).not.toEqual(firms.map(({ trade }) => trade));
});

test("a firm is the same among few and among many", () => {
  expect(sampleBody({ ...size, count: 10 }, 7)).toEqual(sampleBody({ ...size, count: 10_000 }, 7));
});

test("the economy is skewed like the real one: the capital, small firms, a few large ones", () => {
  const zhengzhou = firms.filter(({ regionCode }) => regionCode.startsWith("4101")).length;
  const small = firms.filter(({ staff }) => staff.yearEnd <= 30).length;
  const large = firms.filter(({ staff }) => staff.yearEnd >= 300).length;
  expect(share(zhengzhou)).toBeGreaterThan(0.55);
  expect(share(zhengzhou)).toBeLessThan(0.75);
  expect(share(small)).toBeGreaterThan(0.6);
  expect(large).toBeGreaterThan(0);
  expect(share(large)).toBeLessThan(0.05);
});

test("eight of a hundred firms lack something, two are contradicted, two stale", () => {
  const count = (kind: string) => firms.filter(({ flaw }) => flaw.kind === kind).length;
  expect(["missing", "contradiction", "stale", "damaged"].map(count)).toEqual([40, 10, 10, 4]);
});

test("exactly one delivered account has a name that the bank does not know, and its firm will confirm", () => {
  const differing = firms.filter(({ name, holderName }) => name !== holderName);
  expect(differing).toHaveLength(1);
  const renamed = renamedFirm(firms);
  expect(renamed).toBe(differing[0]);
  expect(sampleBehaviour(size.seed, firms).get(renamed?.code ?? "")?.answer).toBe("confirm-all");
});

test("most firms have an account, a few have none", () => {
  const without = firms.filter(({ account }) => account === undefined).length;
  expect(without).toBeGreaterThan(0);
  expect(share(without)).toBeLessThan(0.05);
  const numbers = firms.flatMap(({ account }) => account?.accountNo ?? []);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("all four kinds of answer occur", () => {
  const answers = new Set([...sampleBehaviour(size.seed, firms).values()].map(({ answer }) => answer));
  expect(answers).toEqual(new Set(["confirm-all", "decline-one", "decline-all", "ignore"]));
});

test("a stream of random numbers depends on its purpose and on nothing drawn elsewhere", () => {
  const first = randomFor(1, "a").next();
  randomFor(1, "b").next();
  expect(randomFor(1, "a").next()).toBe(first);
  expect(randomFor(1, "b").next()).not.toBe(first);
  const draws = Array.from({ length: 10_000 }, (_, index) => randomFor(7, index).next());
  expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
});
