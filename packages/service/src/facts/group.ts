import { CONTROLLER, type Profile } from "@apply-free/rules";

/** The firms that one subject controls in the end, with that subject where it is a firm itself. */
export type Group = Readonly<{
  /** Code of who controls them; of a firm that stands alone, its own. */
  head: string;
  /** Codes of the firms of this register that belong to it, in order. */
  members: readonly string[];
}>;

/** Who controls a firm: a code, nobody, or not known. */
export type Control = Readonly<{ by: string | null }> | undefined;

export function controlIn(profile: Profile): Control {
  const said = profile[CONTROLLER];
  if (said?.state !== "known") return undefined;
  if (said.value === null) return { by: null };
  return typeof said.value === "string" ? { by: said.value.trim().toUpperCase() } : undefined;
}

/** What is known of control: of each firm that was looked up, and which firms were ever said to be under a code. */
export type Controls = Readonly<{
  of: ReadonlyMap<string, Control>;
  /** Firms of the register; others have no entry in `of`, and nobody above them is known here. */
  isFirm: (code: string) => boolean;
  under: ReadonlyMap<string, readonly string[]>;
}>;

/**
 * Who is at the head of a firm's group. Two that control each other are a slip of the register, and one
 * group all the same; `undefined` where somebody on the way does not say who controls it.
 */
export function headOf(code: string, { of, isFirm }: Pick<Controls, "of" | "isFirm">): string | undefined {
  const way = [code];
  for (let at = code; ; ) {
    if (!isFirm(at)) return at;
    const control = of.get(at);
    if (!control) return undefined;
    if (control.by === null) return at;
    const met = way.indexOf(control.by);
    if (met !== -1) return way.slice(met).sort()[0];
    at = control.by;
    way.push(at);
  }
}

/**
 * The whole group under a head. `undefined` where a firm that was said to belong to it does not say so
 * clearly any more: a shorter list of members would overpay.
 */
export function groupUnder(head: string, { of, isFirm, under }: Controls): Group | undefined {
  const members = new Set(isFirm(head) ? [head] : []);
  const open = [head];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const code of under.get(at) ?? []) {
      const control = of.get(code);
      if (!control) return undefined;
      if (control.by !== at || members.has(code)) continue;
      members.add(code);
      open.push(code);
    }
  }
  return { head, members: [...members].sort() };
}
