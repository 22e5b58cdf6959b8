/**
 * A browser as far as sign-in needs one: keeps cookies, follows redirects, and on the sign-in page chooses the
 * account with this e-mail address. Returns the first address outside the provider, without going there.
 */
export async function signInAs(email: string, url: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const origin = new URL(url).origin;
  let next: { url: URL; form?: URLSearchParams } = { url: new URL(url) };
  for (let steps = 0; steps < 10; steps++) {
    const response = await fetch(next.url, {
      redirect: 'manual',
      method: next.form ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form ? { body: next.form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location) {
      next = { url: new URL(location, next.url) };
      if (next.url.origin !== origin) return next.url;
      continue;
    }
    const page = await response.text();
    const choice = new RegExp(`value="([^"]+)"[^>]*>[^<]*<small>${email}<`).exec(page)?.[1];
    if (response.status !== 200 || choice === undefined) {
      throw new Error(`No ${email} to choose at ${next.url}: ${response.status} ${page}`);
    }
    next = { url: next.url, form: new URLSearchParams({ account: choice }) };
  }
  throw new Error('The sign-in does not end');
}
