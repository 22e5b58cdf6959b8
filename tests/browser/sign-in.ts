import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { chooseAccount as chooseAccountAt } from './choose-account.ts';

/** Signs in to the portal as a sample account, and waits until its first page is there. */
export async function signIn(page: Page, account: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await chooseAccount(page, account);
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
}

/** Chooses a sample account on the sign-in page of the tests' embedded cloud, and waits until the portal has it back. */
export async function chooseAccount(page: Page, account: string): Promise<void> {
  await chooseAccountAt(page, account, inject('addresses'));
}
