import { expect, test } from "vitest";
import { lineInYaml } from "./line-in-yaml.ts";

const text = `id: a
derived:
  titles.newThisYear:
    formula: "1"
conditions:
  all:
    - { name: first, fact: x }
    - name: second
      operator: equal
`;

test("a place is found by its path, also through lists and keys with dots", () => {
  expect(lineInYaml(text, "id")).toBe(1);
  expect(lineInYaml(text, "conditions.all[1].operator")).toBe(9);
  expect(lineInYaml(text, "derived.titles.newThisYear.formula")).toBe(4);
});

test("a place that is not written is where it ought to be", () => {
  expect(lineInYaml(text, "conditions.all[0].clause")).toBe(7);
  expect(lineInYaml(text, "benefit")).toBe(1);
});
