import { parseDocument } from "yaml";
import { DomainError } from "../kernel/errors.ts";

/**
 * What a YAML text says, as JSON would: dates and tags of YAML stay text.
 * @param file how the text is called in messages
 * @throws DomainError policy-invalid, naming file and line
 */
export function plainYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0].line ?? 1;
    throw new DomainError("policy-invalid", `${file}:${line}: ${problem.message.split("\n")[0]}`, { file, line });
  }
  // Plain data only: dates and custom tags of YAML stay text, so that JSON keeps them as they are.
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })));
}
