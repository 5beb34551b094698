import { parser } from "lezer-feel";
import { limits } from "../limits.ts";
import { RulesError } from "../rules-error.ts";

/** A node of the syntax tree that lezer-feel builds. */
export type Node = ReturnType<typeof parser.parse>["topNode"];

/** The grammar's parser recurses and would overflow the stack on deep nesting, so brackets are counted first. @throws RulesError limit-exceeded */
export function syntaxTree(source: string, where: string): Node {
  const tooDeep = new RulesError(
    "limit-exceeded",
    where,
    "the formula is nested too deeply; split it into derived facts.",
  );
  let depth = 0;
  for (const [mark] of source.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]/g)) {
    if ("([{".includes(mark)) depth += 1;
    else if (")]}".includes(mark)) depth -= 1;
    if (depth > limits.formulaDepth) throw tooDeep;
  }
  try {
    return parser.parse(source).topNode;
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep;
    throw cause;
  }
}

/** The parts of a node, without comments. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "LineComment" && child.name !== "BlockComment") children.push(child);
  }
  return children;
}

const punctuation = new Set(["(", ")", "[", "]", "{", "}", ",", ".", "..", ":"]);
/** Whether a part says something, and does not only punctuate. */
export const isOperand = ({ name }: Node) => !punctuation.has(name);
export const meaningful = (nodes: readonly Node[]) => nodes.filter(isOperand);

/** What a path such as `a.b.c` starts from. */
export function baseOf(node: Node): Node {
  let base = node;
  while (base.name === "PathExpression" && base.firstChild) base = base.firstChild;
  return base;
}
