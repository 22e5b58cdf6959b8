import type { Page } from 'playwright-core';
import { inject } from 'vitest';

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
