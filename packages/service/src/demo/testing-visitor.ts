/** A browser at an identity provider: keeps cookies, follows its redirects, and stops where it is sent elsewhere. */
export function visitorOf(start: URL) {
  const cookies = new Map<string, string>();
  const ask = async (url: URL, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      method: body ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie },
      ...(body && { body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  /** The last address within the provider, or the first outside it. */
  const walk = async (url: URL, body?: URLSearchParams): Promise<URL> => {
    const location = (await ask(url, body)).headers.get("location");
    if (location === null) return url;
    const next = new URL(location, url);
    return next.origin === start.origin ? walk(next) : next;
  };
  return {
    /** Chooses somebody, or nobody, and answers where the browser is sent with that. */
    async choose(subject: string): Promise<URL> {
      const at = await walk(start);
      return at.origin === start.origin ? walk(at, new URLSearchParams({ person: subject })) : at;
    },
  };
}
