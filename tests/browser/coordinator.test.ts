import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { submitFile } from '../../shared/client/submit-file.ts';
import { expectNoAxeViolations } from './axe.ts';
import { type PageOptions, useBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

const browser = useBrowser();
const { apiUrl } = inject('addresses');
const overseer = 'coordinator-vpcp';

/** A page at an address of the portal, of somebody who has just signed in. */
async function openAs(account: string, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await browser.open(options);
  await signIn(page, account, path);
  return page;
}

const storedSchema = z.object({ tokens: z.object({ accessToken: z.string() }) });

/** Sends a file by the session of the person on a page. */
async function send(page: Page, content: string): Promise<void> {
  const stored = await page.evaluate(() => sessionStorage.getItem('tiendo.session'));
  const { tokens } = storedSchema.parse(JSON.parse(stored ?? ''));
  const bytes = new TextEncoder().encode(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { fileName: 'hoan-thanh.csv', contentType: 'text/csv', bytes: bytes.length, sha256 } as const;
  await submitFile({ url: apiUrl, accessToken: async () => tokens.accessToken }, file, bytes);
}

describe('a coordinator', () => {
  it('sees the map change once a file is accepted, and a past day as it was', async () => {
    const page = await openAs(overseer, '/scoreboard?task=1.a');
    const province = page.locator('[data-unit="58"]');
    await expect
      .poll(() => province.getAttribute('aria-label'), { timeout: 30_000 })
      .toMatch(/^Ninh Thuận: quá hạn/);

    const office = await openAs('58', '/alerts');
    await office.getByRole('heading', { name: 'Cảnh báo' }).waitFor();
    await send(office, 'indicator,period,completed_on,evidence\r\n1.a.1,2022-06,2022-06-30,99/QĐ-UBND\r\n');
    await expect
      .poll(
        async () => {
          await page.reload();
          return await province.getAttribute('aria-label');
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toMatch(/^Ninh Thuận: đạt/);

    await page.getByLabel('Tính đến hết ngày').fill('30/06/2022');
    await page.getByText('Đang xem tính đến hết ngày 30/06/2022').waitFor();
    await expect
      .poll(() => province.getAttribute('aria-label'), { timeout: 30_000 })
      .toMatch(/^Ninh Thuận: có nguy cơ/);
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2022-06-30');

    // The day stays when a province is opened, by the keyboard alone.
    await province.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/units\/58\b.*asOf=2022-06-30/);
  });

  it('acknowledges an alert with a comment, until a day within two weeks', async () => {
    const page = await openAs(overseer, '/alerts?unit=58&kind=deadline-missed');
    const card = page.locator('.alert-card').last();
    await card.getByRole('button', { name: 'Ghi nhận' }).click();
    const dialog = page.getByRole('dialog');
    await expectNoAxeViolations(page);
    await dialog.getByLabel('Sẽ làm gì').fill('Đã làm việc với tỉnh');
    await dialog.getByLabel('Đến hết ngày').fill('16/07/2022');
    await dialog.getByRole('button', { name: 'Ghi nhận' }).click();
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByLabel('Đến hết ngày').fill('15/07/2022');
    await dialog.getByRole('button', { name: 'Ghi nhận' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Văn phòng Chính phủ đã ghi nhận đến hết 15/07/2022:').waitFor();
    await page.getByText('Đã làm việc với tỉnh').waitFor();
  });

  it('keeps a unit quiet for a while, and ends that again', async () => {
    const page = await openAs(overseer, '/alerts');
    await page.getByRole('button', { name: 'Tạm ngưng nhắc…' }).click();
    const dialog = page.getByRole('dialog');
    await expectNoAxeViolations(page);
    await dialog.getByLabel('Tạm ngưng nhắc về').selectOption('unit:01');
    await dialog.getByLabel('Lý do').fill('Đang rà soát');
    await dialog.getByRole('button', { name: 'Tạm ngưng' }).click();
    const row = page.getByRole('row', { name: /Hà Nội.*Đang rà soát/ });
    await row.getByRole('button', { name: 'Kết thúc' }).click();
    await page.getByText('Không có lượt tạm ngưng nào.').waitFor();
  });

  it('sets the due date that the directive leaves to a plan, with its reason', async () => {
    const page = await openAs(overseer, '/units/BCA/I.2.1');
    await page.getByRole('button', { name: 'Đặt thời hạn' }).click();
    const dialog = page.getByRole('dialog');
    await expectNoAxeViolations(page);
    await dialog.getByLabel('Đến hạn ngày').fill('30/09/2022');
    await dialog.getByLabel('Lý do').fill('Kế hoạch số 12');
    await dialog.getByRole('button', { name: 'Lưu thời hạn' }).click();
    await page.getByText('Đến hạn ngày 30/09/2022.').waitFor();
    await page.getByRole('cell', { name: 'Kế hoạch số 12' }).waitFor();
  });
});

describe('Bình Dương', () => {
  it.each([
    '/units/58/II.43.1',
    '/units/58/II.43.1?asOf=2022-06-30',
    '/alerts?unit=58',
    '/alerts/deadline-missed%7C58%3A1.a.1%7C2022-06-30T17%3A00%3A00.000Z',
  ])('is refused %s, which is about Ninh Thuận', async (path) => {
    const page = await openAs('74', path);
    await page.getByRole('alert').filter({ hasText: 'Không có quyền' }).waitFor();
    expect(await page.getByRole('main').textContent()).toContain('không được xem đơn vị 58');
  });

  it('is not offered what is not its: the scoreboard, deadlines, silences', async () => {
    const page = await openAs('74', '/alerts');
    await page.getByText(/cảnh báo, đang hiện/).waitFor();
    expect(await page.getByRole('navigation').textContent()).not.toMatch(/Bảng theo dõi|Thời hạn/);
    expect(await page.getByText('Tạm ngưng nhắc').count()).toBe(0);
    await page.goto('/scoreboard');
    await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
  });
});

describe('without a barrier', () => {
  // Each of the two colour schemes and of the two widths once: a page of a thousand marks takes axe seconds.
  it.each([
    ['light', 'on a desktop', { width: 1280, height: 900 }],
    ['dark', 'on a phone', { width: 390, height: 844 }],
  ] as const)(
    'are all pages of a coordinator in both languages, %s, %s',
    async (colorScheme, _, viewport) => {
      const page = await openAs(overseer, '/scoreboard', { colorScheme, viewport });
      for (const path of [
        '/scoreboard',
        '/scoreboard?task=II.9&asOf=2022-06-30',
        '/deadlines',
        '/alerts',
        '/units/74/II.9.1',
        '/units/BCA/I.2.1',
        '/alerts/none',
      ]) {
        await page.goto(path);
        await expectNoBarriers(page);
      }
      await page.goto('/alerts?unit=58');
      await page.locator('.alert-card a').last().click();
      await page.locator('.events').waitFor();
      await expectNoBarriers(page);
    },
    // A loaded machine is slow, not wrong.
    300_000,
  );
});

/** Nothing that axe finds in either language, and nothing wider than the window. */
async function expectNoBarriers(page: Page): Promise<void> {
  await settled(page);
  for (const _ of ['this language', 'the other']) {
    await expectNoAxeViolations(page);
    expect(await page.evaluate(overflow)).toBe(0);
    await page.getByRole('button', { name: /^(English|Tiếng Việt)$/ }).click();
  }
}

/** Waits until nothing on a page is being loaded. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.locator('.loading, [aria-busy="true"]').count(), { timeout: 30_000 }).toBe(0);
}

/** Runs in the page: how much wider it is than its window. */
function overflow(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
