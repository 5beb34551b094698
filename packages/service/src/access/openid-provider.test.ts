import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalIdentityProvider, startIdentityProvider } from "../demo/identity-provider.http.ts";
import { visitorOf } from "../demo/testing-visitor.ts";
import { CALLBACK_PATH, type OpenidSettings, openidProvider, SIGNED_OUT_PATH } from "./openid-provider.http.ts";

const PUBLIC_URL = "http://127.0.0.1:3000";
const callbackUrl = PUBLIC_URL + CALLBACK_PATH;
const boss = { subject: "s-1", name: "陈某", role: "legal", creditCode: "91410100ma0000000x" };

let provider: LocalIdentityProvider;
let settings: OpenidSettings;
beforeAll(async () => {
  let secrets = 0;
  provider = await startIdentityProvider({
    redirectUris: [callbackUrl],
    signedOutUris: [PUBLIC_URL + SIGNED_OUT_PATH],
    people: [boss, { subject: "s-2", name: "李某", role: "gardener" }],
    token: () => `secret-of-the-provider-${++secrets}`,
  });
  settings = {
    ...{ issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret },
    scope: "openid profile",
    claims: {
      ...{ firm: "credit_code", role: "role", login: "preferred_username" },
      roles: new Map([["legal", "representative"]]),
    },
  };
});
afterAll(() => provider.close());

const proof = { state: "state-1", nonce: "nonce-1", codeVerifier: "v".repeat(43) };
const opened = (changed: Partial<OpenidSettings> = {}) =>
  openidProvider({ ...settings, ...changed }, PUBLIC_URL, () => new Date(0));

/** Walks through the provider as a browser would, up to the address that it is sent back to. */
async function answerFor(subject: string, from = proof): Promise<URL> {
  const address = await opened().addressFor(from);
  return visitorOf(address).choose(subject);
}

describe("a provider of OpenID Connect", () => {
  test("says who signed in, for which firm, and as what in the house's words", async () => {
    expect(await opened().identityFrom(await answerFor("s-1"), proof)).toEqual({
      issuer: provider.issuer,
      subject: "s-1",
      displayName: "陈某",
      role: "representative",
      firmCode: "91410100MA0000000X",
      login: undefined,
    });
  });

  test("says nothing of a role that the house has no word for", async () => {
    expect(await opened().identityFrom(await answerFor("s-2"), proof)).toMatchObject({ role: undefined });
  });

  test("is asked with a challenge, never with the verifier itself", async () => {
    const { searchParams } = await opened().addressFor(proof);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: "code",
      redirect_uri: callbackUrl,
      state: "state-1",
      nonce: "nonce-1",
      code_challenge_method: "S256",
    });
    expect(String(searchParams)).not.toContain(proof.codeVerifier);
  });

  test.each([
    ["another state", { ...proof, state: "state-2" }],
    ["another nonce", { ...proof, nonce: "nonce-2" }],
    ["another verifier", { ...proof, codeVerifier: "w".repeat(43) }],
  ])("refuses an answer that belongs to %s", async (_what, other) => {
    const answer = await answerFor("s-1");
    await expect(opened().identityFrom(answer, other)).rejects.toMatchObject({ code: "identity-refused" });
  });

  test("refuses an answer that was taken before", async () => {
    const answer = await answerFor("s-1");
    await opened().identityFrom(answer, proof);
    await expect(opened().identityFrom(answer, proof)).rejects.toMatchObject({ code: "identity-refused" });
  });

  test("tells who cancelled from who was refused", async () => {
    const answer = await answerFor("nobody");
    await expect(opened().identityFrom(answer, proof)).rejects.toMatchObject({ code: "identity-cancelled" });
  });

  test("that is not there is said to be away, and is asked anew the next time", async () => {
    const other = await startIdentityProvider({ redirectUris: [], signedOutUris: [], people: [], token: () => "t" });
    await other.close();
    const away = opened({ issuer: other.issuer });
    await expect(away.addressFor(proof)).rejects.toMatchObject({ code: "identity-unavailable" });
    expect(await away.signOutAddress()).toBeUndefined();
  });

  test("that does not take the house's secret is away for people: nothing that they did is wrong", async () => {
    const answer = await answerFor("s-1");
    await expect(opened({ clientSecret: "wrong" }).identityFrom(answer, proof)).rejects.toMatchObject({
      code: "identity-unavailable",
    });
  });

  test("forgets people too, and leads them back", async () => {
    const address = await opened().signOutAddress();
    expect(address?.origin).toBe(provider.issuer);
    expect(address?.searchParams.get("post_logout_redirect_uri")).toBe(PUBLIC_URL + SIGNED_OUT_PATH);
  });
});
