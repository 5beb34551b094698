import { derivedId } from "../kernel/id.ts";

/** 22 characters that every bank carries: what a firm writes on its transfer. */
export function referenceOf(recoveryId: string): string {
  const [, body] = derivedId("recovery-reference", recoveryId).split("_");
  return `AR${body}`;
}

/**
 * The reference in what a payer wrote, however it is spaced or cased.
 * @returns `undefined` where there is none, or more than one: nothing is matched by guess
 */
export function referenceIn(...written: readonly (string | undefined)[]): string | undefined {
  const found = written.flatMap(
    (text = "") =>
      text
        .toUpperCase()
        .replace(/[\s-]/g, "")
        .match(/AR[0-9A-HJKMNP-TV-Z]{20}/g) ?? [],
  );
  const [only, ...others] = new Set(found);
  return others.length === 0 ? only : undefined;
}
