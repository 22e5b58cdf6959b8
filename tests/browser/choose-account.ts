import type { Page } from 'playwright-core';

/**
 * Chooses a sample account (`74`, `coordinator`, `analyst`, `admin`) on the sign-in page the browser was sent to, and
 * waits until the portal has it back. For whatever drives a browser, tests or not.
 */
export async function chooseAccount(
  page: Page,
  account: string,
  { issuer, portalUrl }: { issuer: string; portalUrl: string },
): Promise<void> {
  await page.waitForURL((url) => url.origin === issuer);
  await page.getByText(`${account.toLowerCase()}@tiendo.test`, { exact: true }).click();
  await page.waitForURL((url) => url.origin === portalUrl);
}
