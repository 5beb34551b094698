import { describe, expect, test } from "vitest";
import { describeConfig, readConfig } from "./config.env.ts";

describe("the configuration", () => {
  test("needs nothing: the embedded database on the local address", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: "127.0.0.1", port: 3000 });
    expect(config.dataDir).toMatch(/\.data$/);
    expect(config).not.toHaveProperty("databaseUrl");
  });

  test("takes an empty variable for an unset one, as compose files leave them", () => {
    expect(readConfig({ DATABASE_URL: "", PORT: "", SMTP_URL: "", HOST: "", APPLY_FREE_DATA: "" })).toEqual(
      readConfig({}),
    );
  });

  test.each([
    ["DATABASE_URL", "mysql://localhost/apply_free"],
    ["DATABASE_URL", "localhost:5432"],
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "80.5"],
    ["PUBLIC_URL", "ftp://example.org"],
    ["SMTP_URL", "https://mail.example.org"],
    ["OIDC_ISSUER", "not an address"],
    ["OIDC_ISSUER", "http://identity.example"],
    ["OIDC_SCOPE", "profile"],
    ["TRUSTED_PROXY", "everybody"],
    ["OIDC_ROLE_CLAIM", "a claim"],
    ["OIDC_ROLES", "legal"],
    ["CLICKHOUSE_URL", "tcp://host:9000"],
    ["SMS_GATEWAY_URL", "smpp://gateway"],
    ["SMS_SIGNATURE", "【河南】"],
    ["WEBHOOK_LOOPBACK", "yes"],
    ["BANK_FILES", "pdf"],
    ["BANK_URL", "ftp://bank.example"],
    ["BANK_URL", "http://bank.example"],
    ["BANK_URL", "https://user:s3cret@bank.example"],
    ["BANK_URL", "https://bank.example/pay?key=s3cret"],
    ["BANK_TOKEN", "two words"],
  ])("%s=%s is refused by name, in one line", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrowError(
      expect.objectContaining({
        code: "config-invalid",
        details: { name },
        message: expect.stringMatching(new RegExp(`^${name}: [^\\n]+\\.$`)),
      }),
    );
  });

  test.each([
    ["BANK_TOKEN", { BANK_URL: "https://bank.example" }],
    ["BANK_FILES", { BANK_URL: "https://bank.example", BANK_TOKEN: "t", BANK_FILES: "csv" }],
  ])("a bank over HTTP is refused for its %s rather than spoken to otherwise than meant", (name, env) => {
    expect(() => readConfig(env)).toThrowError(expect.objectContaining({ code: "config-invalid", details: { name } }));
  });

  test("a bank's door on this machine needs no TLS, elsewhere it does", () => {
    const door = (url: string) => readConfig({ BANK_URL: url, BANK_TOKEN: "t" }).bankDoor;
    expect(door("http://127.0.0.1:8080")).toEqual({ url: "http://127.0.0.1:8080", token: "t" });
    expect(door("https://bank.example/corporate/")?.url).toBe("https://bank.example/corporate/");
    expect(() => door("http://127.example")).toThrowError(/^BANK_URL: /);
  });

  test("takes an identity provider whole: its issuer with a client, and what it calls things", () => {
    const given = {
      OIDC_ISSUER: "https://identity.example",
      OIDC_CLIENT_ID: "apply-free",
      OIDC_CLIENT_SECRET: "s3cret",
    };
    const { oidc } = readConfig({ ...given, OIDC_ROLES: "legal=representative" });
    expect(oidc).toEqual({
      ...{ issuer: "https://identity.example", clientId: "apply-free", clientSecret: "s3cret" },
      ...{ scope: "openid profile", firmClaim: "credit_code", roleClaim: "role", loginClaim: "preferred_username" },
      roles: "legal=representative",
    });
    expect(JSON.stringify(describeConfig(readConfig(given)))).not.toContain("s3cret");
    expect(() => readConfig({ OIDC_ISSUER: "https://identity.example" })).toThrowError(/^OIDC_CLIENT_ID: /);
    expect(readConfig({ OIDC_ISSUER: "http://127.0.0.1:1", OIDC_CLIENT_ID: "a" }).oidc?.issuer).toContain("127.0.0.1");
  });

  test.each(["DATABASE_URL", "SMTP_URL", "CLICKHOUSE_URL"])(
    "a wrong %s is refused without repeating the password in it",
    (name) => {
      expect(() => readConfig({ [name]: "ftp://user:s3cret@host" })).toThrowError(
        expect.objectContaining({ message: expect.not.stringContaining("s3cret") }),
      );
    },
  );
});

describe("what doctor shows", () => {
  test("names every variable and no password", () => {
    const shown = describeConfig(
      readConfig({
        DATABASE_URL: "postgresql://app:s3cret@db:5432/apply_free",
        SMTP_URL: "smtp://mailer:s3cret@mail:587",
        CLICKHOUSE_URL: "http://sweeper:s3cret@olap:8123/registers",
        SMS_GATEWAY_URL: "https://gateway.example/send",
        SMS_GATEWAY_TOKEN: "s3cret",
        BANK_URL: "https://bank.example",
        BANK_TOKEN: "s3cret",
      }),
    );
    expect(shown).toMatchObject({
      DATABASE_URL: "postgresql://app:***@db:5432/apply_free",
      SMTP_URL: "smtp://mailer:***@mail:587",
    });
    expect(JSON.stringify(shown)).not.toContain("s3cret");
  });

  test("says what an unset variable means", () => {
    expect(describeConfig(readConfig({}))).toMatchObject({
      DATABASE_URL: "(unset: embedded database)",
      SMTP_URL: "(unset: mail stays queued)",
    });
  });
});
