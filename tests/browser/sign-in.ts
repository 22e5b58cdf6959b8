import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { chooseAccount as chooseAccountAt } from './choose-account.ts';

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

/** Chooses a sample account on the sign-in page of the tests' embedded cloud, and waits until the portal has it back. */
export async function chooseAccount(page: Page, account: string): Promise<void> {
  await chooseAccountAt(page, account, inject('addresses'));
}
