import type { PageContext, Role } from "../kit/page-context.ts";

export type SignInProps = Readonly<{
  context: PageContext;
  /** Where to go afterwards; sent back as hidden `next`. */
  next?: string | undefined;
  login?: string | undefined;
  problem?: "sign-in-failed" | "sign-in-required" | "form-expired" | "too-many-tries" | undefined;
  /** Only in a demo. */
  demoAccounts?: readonly DemoAccount[] | undefined;
}>;

export type DemoAccount = Readonly<{ login: string; password: string; role: Role; displayName: string }>;

/** GET /sign-in. Form: POST /sign-in `login password next _csrf`. */
export function signInPage(_props: SignInProps): string {
  return "";
}
