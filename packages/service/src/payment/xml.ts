/** One element of an outgoing message; its children keep the order in which they are given. */
export type Xml = Readonly<{ name: string; attributes: Readonly<Record<string, string>>; content: string | Xml[] }>;

type Child = Xml | undefined;

/** `el("Amt", [el("InstdAmt", "1.00", { Ccy: "CNY" })])`; absent children are left out. */
export function el(
  name: string,
  content: string | readonly Child[],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  return {
    name,
    attributes,
    content: typeof content === "string" ? content : content.filter((child) => child !== undefined),
  };
}

/** The document as UTF-8 text, indented so that a person can read what will be paid. */
export function toXml(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, "")}\n`;
}

function render({ name, attributes, content }: Xml, indent: string): string {
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join("");
  if (typeof content === "string") return `${indent}<${name}${given}>${escaped(content)}</${name}>`;
  const children = content.map((child) => render(child, `${indent}  `)).join("\n");
  return `${indent}<${name}${given}>\n${children}\n${indent}</${name}>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return withoutForbidden(text).replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** Source: XML 1.0, production [2] Char: other characters cannot be written, not even escaped. */
function withoutForbidden(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, " ");
}

/** At most so many characters, never half of one. */
export function upTo(length: number, text: string): string {
  return Array.from(text.trim()).slice(0, length).join("");
}
