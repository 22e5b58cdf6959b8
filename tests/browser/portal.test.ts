import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { expectNoAxeViolations } from './axe.ts';
import { useBrowser } from './browser.ts';
import { chooseAccount } from './sign-in.ts';

const browser = useBrowser();
const { portalUrl, apiUrl, issuer, clientId, endpoint } = inject('addresses');

const endpointsSchema = z.object({
  jwks_uri: z.string(),
  token_endpoint: z.string(),
  revocation_endpoint: z.string(),
});

/** Runs in the page: the status of the answer to each request, or why the page may not read it. */
async function ask(requests: readonly { url: string; token?: string; form?: Record<string, string> }[]) {
  return await Promise.all(
    requests.map(async ({ url, token, form }) => {
      const request: RequestInit = {
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
        ...(token && { headers: { authorization: `Bearer ${token}` } }),
      };
      return await fetch(url, request).then(
        ({ status }) => status,
        (error: unknown) => String(error),
      );
    }),
  );
}

/** Where the portal sends people to sign in. */
function signInAddress(): string {
  const address = new URL('/oauth2/authorize', issuer);
  address.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: `${portalUrl}/callback`,
    scope: 'openid email profile',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'state',
  }).toString();
  return address.href;
}

describe('the portal', () => {
  it.each(['/', '/send', '/units/74/II.9.1'])('answers %s with its page, under its policy', async (path) => {
    const response = await fetch(`${portalUrl}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toContain(`connect-src 'self' ${apiUrl} ${issuer}/ ${issuer} ${endpoint}`);
    expect(policy).not.toContain('unsafe');
  });

  it('tells its pages where API, sign-in and uploads are', async () => {
    const response = await fetch(`${portalUrl}/config.json`);
    expect(await response.json()).toEqual({ apiUrl, issuer, clientId, uploadOrigin: endpoint });
  });

  it('lets a page of it read the API and the sign-in', async () => {
    const discovery = endpointsSchema.parse(
      await (await fetch(`${issuer}/.well-known/openid-configuration`)).json(),
    );
    const page = await browser.open();
    await page.goto('/index.html');
    const statuses = await page.evaluate(ask, [
      { url: discovery.jwks_uri },
      { url: discovery.token_endpoint, form: { client_id: clientId } },
      { url: discovery.revocation_endpoint, form: { client_id: clientId, token: 'none' } },
      { url: `${apiUrl}/submissions`, token: 'none' },
    ]);
    expect(statuses).toEqual([200, 400, 200, 401]);
  });

  it.each([
    ['light', 1280],
    ['light', 390],
    ['dark', 1280],
    ['dark', 390],
  ] as const)('has no barrier before anybody is signed in, %s, in %i pixels', async (colorScheme, width) => {
    const page = await browser.open({ colorScheme, viewport: { width, height: 844 } });
    await page.goto('/');
    await page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await expectNoAxeViolations(page);
  });

  it('signs people in on the provider’s page and has them back with a code', async () => {
    const page = await browser.open();
    await page.goto(signInAddress());
    // The portal leaves that address at once.
    const returning = page.waitForRequest((request) => request.url().startsWith(`${portalUrl}/callback`));
    await chooseAccount(page, '74');
    expect(new URL((await returning).url()).searchParams.get('code')).toMatch(/./);
  });

  it('signs people out as Cognito is asked to, and has them back', async () => {
    const page = await browser.open();
    await page.goto(signInAddress());
    await chooseAccount(page, 'coordinator');
    const address = new URL('/logout', issuer);
    address.search = new URLSearchParams({ client_id: clientId, logout_uri: `${portalUrl}/` }).toString();
    await page.goto(address.href);
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.waitForURL(`${portalUrl}/`);
    await page.goto(signInAddress());
    expect(new URL(page.url()).origin).toBe(issuer);
  });
});
