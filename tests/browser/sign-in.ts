import type { Page } from 'playwright-core';
import { inject } from 'vitest';

/**
 * Signs in to the portal as a sample account at one of its addresses, and waits until the portal has traded the code
 * for its session.
 */
export async function signIn(page: Page, account: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await chooseAccount(page, account);
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
}

/**
 * Chooses a sample account (`74`, `coordinator`, `analyst`, `admin`) on the sign-in page the browser was sent to, and
 * waits until the portal has it back.
 */
export async function chooseAccount(page: Page, account: string): Promise<void> {
  const { issuer, portalUrl } = inject('addresses');
  await page.waitForURL((url) => url.origin === issuer);
  await page.getByText(`${account.toLowerCase()}@tiendo.test`, { exact: true }).click();
  await page.waitForURL((url) => url.origin === portalUrl);
}
