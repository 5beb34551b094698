import path from "node:path";
import { z } from "zod";
import { type AnswerDays, answerDays } from "../kernel/answer-days.ts";
import { DomainError } from "../kernel/errors.ts";
import { withoutPassword } from "./store.prisma.ts";

const emptyIsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsUnset, schema.optional());

/** Payment orders and the token go in the clear on this machine only. */
function isSafeBankAddress(text: string): boolean {
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  return username + search + hash === "" && (protocol === "https:" || isLoopback);
}

/** `http` is for a provider on this machine: a demonstration, a test. */
const isSafeIssuer = (url: string) =>
  !URL.canParse(url) || url.startsWith("https:") || ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
const claim = (name: string) =>
  z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^[\w.:/-]{1,100}$/, "must be the name of a claim")
      .default(name),
  );
const openidVariables = {
  OIDC_ISSUER: optional(
    z
      .url({ protocol: /^https?$/, message: "must be an https address" })
      .refine(isSafeIssuer, "must be an https address; http is for this machine only"),
  ),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_SCOPE: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^openid( \S+)*$/, "must begin with openid, words apart by one space")
      .default("openid profile"),
  ),
  OIDC_FIRM_CLAIM: claim("credit_code"),
  OIDC_ROLE_CLAIM: claim("role"),
  OIDC_LOGIN_CLAIM: claim("preferred_username"),
  OIDC_ROLES: optional(
    z.string().regex(/^[^=,]+=[a-z-]+(,[^=,]+=[a-z-]+)*$/, "must look like legal=representative,cashier=finance-maker"),
  ),
};

/** `rectification=5,complaint=10`; what is not named keeps the house's own promise. */
const answerDaysText = z.string().transform((text, context) => {
  const named: unknown = Object.fromEntries(
    text
      .split(",")
      .map((part) => part.split("=").map((side) => side.trim()))
      .filter(([kind]) => kind !== ""),
  );
  const parsed = answerDays.safeParse(named);
  if (parsed.success) return parsed.data;
  context.addIssue("must look like rectification=5,complaint=10,objection=5,comment=10, each 1 to 60 working days");
  return z.NEVER;
});

const variables = z.object({
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, message: "must look like postgresql://user:password@host:5432/database" }),
  ),
  APPLY_FREE_DATA: z.preprocess(emptyIsUnset, z.string().default(".data")),
  APPLY_FREE_KEYS: optional(z.string()),
  HOST: z.preprocess(emptyIsUnset, z.string().default("127.0.0.1")),
  PORT: z.preprocess(
    emptyIsUnset,
    z.coerce
      .number("must be a number")
      .int("must be a whole number")
      .min(0, "must be 0 to 65535")
      .max(65_535, "must be 0 to 65535")
      .default(3000),
  ),
  TRUSTED_PROXY: optional(
    z.string().regex(/^[\da-fA-F.:/]+(,[\da-fA-F.:/]+)*$/, "must be addresses or networks, apart by commas"),
  ),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, message: "must be an http or https address" })),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/, message: "must look like smtp://user:password@host:587" })),
  SMS_GATEWAY_URL: optional(z.url({ protocol: /^https?$/, message: "must be an http or https address" })),
  SMS_GATEWAY_TOKEN: optional(z.string()),
  SMS_REPORT_TOKEN: optional(z.string().min(20, "must be at least 20 characters")),
  ANSWER_DAYS: z.preprocess((value) => value ?? "", answerDaysText),
  SMS_SIGNATURE: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^[^\s【】]{2,12}$/, "must be 2 to 12 characters without brackets")
      .default("免申即享"),
  ),
  BANK_FILES: z.preprocess(emptyIsUnset, z.enum(["xml", "csv", "xlsx"], "must be xml, csv or xlsx").default("xml")),
  BANK_URL: optional(
    z
      .url({ protocol: /^https?$/, message: "must be an https address" })
      .refine(
        isSafeBankAddress,
        "must be https (http only on this machine), without a password or a question mark in it",
      ),
  ),
  BANK_TOKEN: optional(z.string().regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")),
  WEBHOOK_LOOPBACK: optional(z.literal("1", "must be 1 or unset")),
  ...openidVariables,
  CLICKHOUSE_URL: optional(z.url({ protocol: /^https?$/, message: "must look like http://user:password@host:8123" })),
});

const environment = variables.superRefine(({ BANK_URL, BANK_TOKEN, BANK_FILES }, { addIssue }) => {
  const refuse = (name: string, message: string) => addIssue({ code: "custom", path: [name], message });
  if (BANK_URL && !BANK_TOKEN) refuse("BANK_TOKEN", "must be set with BANK_URL");
  if (BANK_URL && BANK_FILES !== "xml") refuse("BANK_FILES", "must be xml with BANK_URL");
});

export type Config = Readonly<{
  databaseUrl?: string;
  dataDir: string;
  /** Absent: `keys.json` beside the data. */
  keysFile?: string;
  host: string;
  port: number;
  publicUrl?: string;
  /** Addresses whose word is taken for who asks; limits per address count that one. */
  trustedProxy?: string;
  smtpUrl?: string;
  sms?: Readonly<{ url: string; token?: string; signature: string; isReported: boolean }>;
  /** What the gateway authenticates its delivery reports with. */
  smsReportToken?: string;
  /** Working days within which people are answered, by kind. */
  answerDays: AnswerDays;
  /** Firms' own systems may be on this machine, without TLS: demonstrations and tests only. */
  webhookLoopback: boolean;
  /** What the bank reads and writes: ISO 20022 messages, or tables as agency banks use. */
  bankFiles: "xml" | "csv" | "xlsx";
  /** Its HTTP door; absent: files are exchanged through folders. */
  bankDoor?: Readonly<{ url: string; token: string }>;
  oidc?: OpenidConfig;
  clickHouseUrl?: string;
}>;

/** An identity provider, and what it calls things. */
export type OpenidConfig = Readonly<{
  issuer: string;
  clientId: string;
  clientSecret?: string;
  scope: string;
  firmClaim: string;
  roleClaim: string;
  loginClaim: string;
  /** The provider's words for roles, as they were given; unset: the house's own. */
  roles?: string;
}>;

/** Reads the configuration, whole or not at all. @throws DomainError config-invalid, naming the variable */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? "environment");
    throw new DomainError("config-invalid", `${name}: ${issue?.message ?? "cannot be read"}.`, { name });
  }
  const { DATABASE_URL, APPLY_FREE_DATA, APPLY_FREE_KEYS, HOST, PORT } = parsed.data;
  const { PUBLIC_URL, SMTP_URL, CLICKHOUSE_URL } = parsed.data;
  const { BANK_URL, BANK_TOKEN } = parsed.data;
  const oidc = openidOf(parsed.data);
  const { SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN, SMS_REPORT_TOKEN, SMS_SIGNATURE } = parsed.data;
  const { WEBHOOK_LOOPBACK, ANSWER_DAYS } = parsed.data;
  const isReported = SMS_REPORT_TOKEN !== undefined;
  const token = SMS_GATEWAY_TOKEN && { token: SMS_GATEWAY_TOKEN };
  return {
    webhookLoopback: WEBHOOK_LOOPBACK === "1",
    ...(SMS_GATEWAY_URL && { sms: { url: SMS_GATEWAY_URL, ...token, signature: SMS_SIGNATURE, isReported } }),
    ...(SMS_REPORT_TOKEN && { smsReportToken: SMS_REPORT_TOKEN }),
    answerDays: ANSWER_DAYS,
    bankFiles: parsed.data.BANK_FILES,
    ...(BANK_URL && BANK_TOKEN && { bankDoor: { url: BANK_URL, token: BANK_TOKEN } }),
    dataDir: path.resolve(APPLY_FREE_DATA),
    ...(APPLY_FREE_KEYS && { keysFile: path.resolve(APPLY_FREE_KEYS) }),
    host: HOST,
    port: PORT,
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
    ...(PUBLIC_URL && { publicUrl: PUBLIC_URL }),
    ...(parsed.data.TRUSTED_PROXY && { trustedProxy: parsed.data.TRUSTED_PROXY }),
    ...(SMTP_URL && { smtpUrl: SMTP_URL }),
    ...(oidc && { oidc }),
    ...(CLICKHOUSE_URL && { clickHouseUrl: CLICKHOUSE_URL }),
  };
}

/** @throws DomainError config-invalid for an issuer without a client */
function openidOf(given: z.output<typeof environment>): OpenidConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_ROLES: roles } = given;
  if (issuer === undefined) return undefined;
  if (clientId === undefined) {
    const name = "OIDC_CLIENT_ID";
    throw new DomainError("config-invalid", `${name}: must be set where OIDC_ISSUER is.`, { name });
  }
  return {
    ...{ issuer, clientId, scope: given.OIDC_SCOPE },
    ...(clientSecret !== undefined && { clientSecret }),
    ...{ firmClaim: given.OIDC_FIRM_CLAIM, roleClaim: given.OIDC_ROLE_CLAIM, loginClaim: given.OIDC_LOGIN_CLAIM },
    ...(roles !== undefined && { roles }),
  };
}

/** Where the keys of the sealed columns are. @param directory of the data, where it is not the configured one */
export function keysFileOf({ keysFile, dataDir }: Config, directory = dataDir): string {
  return keysFile ?? path.join(directory, "keys.json");
}

/** The configuration in effect, for `doctor`: secrets masked. */
export function describeConfig(config: Config): Record<string, string> {
  return {
    DATABASE_URL: config.databaseUrl ? withoutPassword(config.databaseUrl) : "(unset: embedded database)",
    APPLY_FREE_DATA: config.dataDir,
    APPLY_FREE_KEYS: keysFileOf(config),
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl ?? "(unset)",
    TRUSTED_PROXY: config.trustedProxy ?? "(unset: whoever connects is who asks)",
    SMTP_URL: config.smtpUrl ? withoutPassword(config.smtpUrl) : "(unset: mail stays queued)",
    SMS_GATEWAY_URL: config.sms ? withoutPassword(config.sms.url) : "(unset: no text messages)",
    SMS_GATEWAY_TOKEN: config.sms?.token ? "***" : "(unset)",
    SMS_REPORT_TOKEN: config.smsReportToken ? "***" : "(unset: what the gateway takes counts as delivered)",
    ANSWER_DAYS: Object.entries(config.answerDays)
      .map(([kind, days]) => `${kind}=${days}`)
      .join(","),
    SMS_SIGNATURE: config.sms?.signature ?? "(unset)",
    WEBHOOK_LOOPBACK: config.webhookLoopback
      ? "1 (receivers on this machine are allowed)"
      : "(unset: https and public addresses)",
    BANK_FILES: config.bankFiles,
    BANK_URL: config.bankDoor?.url ?? "(unset: files are exchanged through folders)",
    BANK_TOKEN: config.bankDoor ? "***" : "(unset)",
    OIDC_ISSUER: config.oidc?.issuer ?? "(unset: local accounts)",
    OIDC_CLIENT_ID: config.oidc?.clientId ?? "(unset)",
    OIDC_CLIENT_SECRET: config.oidc?.clientSecret ? "***" : "(unset)",
    OIDC_SCOPE: config.oidc?.scope ?? "(unset)",
    OIDC_FIRM_CLAIM: config.oidc?.firmClaim ?? "(unset)",
    OIDC_ROLE_CLAIM: config.oidc?.roleClaim ?? "(unset)",
    OIDC_LOGIN_CLAIM: config.oidc?.loginClaim ?? "(unset)",
    OIDC_ROLES: config.oidc?.roles ?? "(unset: the names of the roles themselves)",
    CLICKHOUSE_URL: config.clickHouseUrl ? withoutPassword(config.clickHouseUrl) : "(unset: no sweep in ClickHouse)",
  };
}
