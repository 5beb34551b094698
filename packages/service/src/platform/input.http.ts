import type { z } from "zod";
import { DomainError } from "../kernel/errors.ts";

/**
 * What a request brought, parsed. Text with a zero byte is refused as a whole: no person types one,
 * and the database cannot keep it.
 * @throws DomainError bad-input naming the first field that is wrong
 */
export function input<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success && !hasZeroByte(given)) return parsed.data;
  const [issue] = parsed.error?.issues ?? [];
  const field = issue?.path.join(".") || "request";
  const reason = issue?.message ?? "contains a zero byte";
  throw new DomainError("bad-input", `请求内容有误，请返回检查。The request is not valid: ${field}: ${reason}.`, {
    field,
  });
}

function hasZeroByte(given: unknown): boolean {
  return JSON.stringify(given ?? null).includes("\\u0000");
}
