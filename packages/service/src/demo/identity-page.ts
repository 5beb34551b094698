/** Somebody whom the invented identity provider knows. */
export type KnownPerson = Readonly<{
  subject: string;
  name: string;
  /** In the provider's own words. */
  role: string;
  creditCode?: string;
  login?: string;
}>;

const TITLE = "演示用身份认证（全部虚构） Demo identity provider (all invented)";

/** Where a visitor says who it is; whoever is chosen has signed in. */
export function identityPage({ action, people }: Readonly<{ action: string; people: readonly KnownPerson[] }>): string {
  const buttons = people.map(
    ({ subject, name, role, creditCode }) =>
      `<li><button name="person" value="${escaped(subject)}">${escaped([name, role, creditCode ?? ""].join(" · "))}</button></li>`,
  );
  return page(
    `<p>真实环境里，这是省统一身份认证平台的登录页。请选择身份。<br><span lang="en">In real life this is the province's sign-in page. Choose who you are.</span></p>` +
      `<form method="post" action="${escaped(action)}"><ul>${buttons.join("")}</ul>` +
      `<p><button name="person" value="">取消 Cancel</button></p></form>`,
  );
}

/** @param form of the provider, which asks whether to sign out: it is sent by a button that needs no JavaScript */
export function leavingPage({ form, error }: Readonly<{ form?: string; error?: string }>): string {
  if (form !== undefined) {
    return page(
      `${form}<p><button type="submit" form="op.logoutForm" name="logout" value="yes">也从这里退出 Sign out here too</button></p>`,
    );
  }
  const said = error === undefined ? "已退出。 You are signed out." : `未能继续（${error}）。 This did not work.`;
  return page(`<p>${escaped(said)}</p>`);
}

function page(main: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TITLE}</title>`;
  return `<!doctype html><html lang="zh-CN"><head>${head}</head><body><main><h1>${TITLE}</h1>${main}</main></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
