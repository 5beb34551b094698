import type { LetterChannel } from "./channel.ts";
import type { Language } from "./notice-words.ts";

/** What a code is asked for. */
export type CodePurpose = "sign-in" | "contact";

/**
 * The one message that carries a code. Notices must not: whoever learns to type codes from messages about money
 * types one for a swindler too. This one is asked for by its reader a minute before, says what it is for, names no
 * money and no firm, and leads nowhere.
 */
const words: Readonly<
  Record<
    Language,
    Readonly<Record<CodePurpose, Readonly<{ subject: string; body(code: string, minutes: number): string }>>>
  >
> = {
  zh: {
    "sign-in": {
      subject: "登录验证码",
      body: (code, minutes) =>
        `登录验证码 ${code}，${minutes} 分钟内有效。只填在您自己打开的登录页；任何人向您要都别给。不是您本人操作的，请不用理会。`,
    },
    contact: {
      subject: "核实联系方式的验证码",
      body: (code, minutes) =>
        `核实联系方式的验证码 ${code}，${minutes} 分钟内有效。只填在您自己打开的“怎么通知您”页；任何人向您要都别给。不是您本人操作的，请不用理会。`,
    },
  },
  en: {
    "sign-in": {
      subject: "Your sign-in code",
      body: (code, minutes) =>
        `Sign-in code ${code}, valid for ${minutes} minutes. Type it only where you asked for it and give it to nobody. Not you? Ignore this.`,
    },
    contact: {
      subject: "Your code to verify this contact",
      body: (code, minutes) =>
        `Code ${code} verifies this contact, valid for ${minutes} minutes. Type it only where you asked for it and give it to nobody. Not you? Ignore this.`,
    },
  },
};

/** @param code six digits */
export function codeMessage(
  purpose: CodePurpose,
  code: string,
  minutes: number,
  language: Language,
  channel: LetterChannel,
) {
  const { subject, body } = words[language][purpose];
  // Not in the subject: a locked screen shows it to whoever is near.
  return { subject: channel === "email" ? subject : "", body: body(code, minutes) };
}

const MOST_CHARACTERS = 160;

/** Why a text is no message with a code: it leads somewhere, is long, or has not exactly one code of six digits. */
export function codeMessageFlaw(text: string): "link" | "long" | "code" | undefined {
  if (/:\/\/|www\.|\b[a-z0-9-]+\.[a-z]{2,}(?:\/|\b)/i.test(text)) return "link";
  if (text.length > MOST_CHARACTERS) return "long";
  const numbers = text.match(/\d{3,}/g) ?? [];
  return numbers.length === 1 && numbers[0]?.length === 6 ? undefined : "code";
}
