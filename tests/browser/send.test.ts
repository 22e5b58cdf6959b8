import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectNoAxeViolations } from './axe.ts';
import { type PageOptions, useBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

const browser = useBrowser();

const header = 'Mã chỉ tiêu;Kỳ báo cáo;Tử số;Mẫu số;Ghi chú';
const wrong = [
  'BÁO CÁO',
  header,
  'II.9.1;Tháng 6/2022;98x;100;',
  'II.9.1;Tháng 5/2022;150;100;',
  '1.a.1;T5/2022;;;',
].join('\r\n');
/** A file of one figure, which no other test sends; a withdrawal leaves what was published before. */
const right = (numerator: number) => `${header}\r\nII.9.1;Quý I/2022;${numerator};100000;\r\n`;

async function openSend(options: PageOptions = {}): Promise<Page> {
  const page = await browser.open(options);
  await signIn(page, '74');
  await page.goto('/send');
  await page.getByRole('button', { name: 'Chọn tệp…' }).waitFor();
  return page;
}

async function choose(page: Page, content: string, name = 'báo cáo.csv'): Promise<void> {
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

async function withdraw(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rút lượt nộp…' }).click();
  await page.getByLabel('Lý do').fill('kiểm thử');
  await page.getByRole('dialog').getByRole('button', { name: 'Rút lượt nộp' }).click();
  await page.getByText('Đã rút lúc').waitFor();
}

describe('the send page', () => {
  it('shows what is wrong at the cells where Excel shows them, and does not offer to send', async () => {
    const page = await openSend();
    await choose(page, wrong);
    await page.getByText('Chưa gửi được: tệp có 3 lỗi').waitFor();
    const faults = page.locator('.sheet .sheet-fault');
    expect(await faults.evaluateAll((cells) => cells.map(({ id }) => id))).toEqual([
      'cell-3-2',
      'cell-4-2',
      'row-5',
    ]);
    expect(await page.locator('#cell-3-2').textContent()).toContain('98x');
    await page.getByRole('link', { name: 'C4', exact: true }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('cell-4-2');
    expect(await page.getByRole('button', { name: 'Gửi', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Chọn tệp đã sửa…' }).click();
    await page.getByRole('button', { name: 'Chọn tệp…' }).waitFor();
  });

  it('says that a workbook is no CSV', async () => {
    const page = await openSend();
    await choose(page, 'PK\u0003\u0004…', 'báo cáo.xlsx');
    await page.getByText('Đây là tệp xlsx / zip').waitFor();
    expect(await page.getByRole('button', { name: 'Gửi', exact: true }).count()).toBe(0);
  });

  it('sends what is right, follows it until it is accepted, and takes it back for a reason', async () => {
    const page = await openSend();
    await choose(page, right(70001));
    await page.getByRole('heading', { name: 'So với số liệu đang công bố' }).waitFor();
    await page.getByText('Số liệu mới (1)').waitFor();
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.getByText('Hợp lệ: số liệu đã được công bố').waitFor();
    await page.getByRole('link', { name: 'Địa chỉ của biên nhận này' }).click();
    await page.getByRole('heading', { name: 'Biên nhận', level: 1 }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Tệp đã nộp' }).click();
    expect((await download).suggestedFilename()).toBe('báo cáo.csv');
    expect(await readFile(await (await download).path(), 'utf8')).toBe(right(70001));
    await withdraw(page);
    await page.getByText('kiểm thử').first().waitFor();

    await page.goto('/units/74/submissions');
    const first = page.getByRole('row').nth(1);
    await first.getByText('đã rút').waitFor();
    await first.getByText('kiểm thử').waitFor();
  });

  it('warns of a file that was sent before', async () => {
    const page = await openSend();
    await choose(page, right(70002));
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.getByText('Hợp lệ: số liệu đã được công bố').waitFor();
    await page.getByRole('button', { name: 'Nộp tệp khác' }).click();
    await choose(page, right(70002));
    await page.getByText('Tệp này đã nộp rồi').waitFor();
    await page.goto('/units/74/submissions');
    await page.getByRole('row').nth(1).getByRole('link').click();
    await withdraw(page);
  });

  it('can be used by the keyboard alone', async () => {
    const page = await openSend();
    const reach = async (name: string) => {
      for (let tabs = 0; tabs < 80; tabs++) {
        const reached = await page.evaluate(() => document.activeElement?.textContent?.trim());
        if (reached === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never reached ${name}`);
    };
    // Listened for in good time: the browser is told apart from what is pressed.
    const chooser = page.waitForEvent('filechooser');
    await reach('Chọn tệp…');
    await page.keyboard.press('Enter');
    const buffer = Buffer.from(right(70003));
    await (await chooser).setFiles({ name: 'bàn phím.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Gửi', exact: true }).waitFor();
    await reach('Gửi');
    await page.keyboard.press('Enter');
    await page.getByText('Hợp lệ: số liệu đã được công bố').waitFor();
    await page.getByRole('button', { name: 'Rút lượt nộp…' }).waitFor();
    await reach('Rút lượt nộp…');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.getByLabel('Lý do').focus();
    await page.keyboard.type('nhầm tệp');
    await reach('Rút lượt nộp');
    await page.keyboard.press('Enter');
    await page.getByText('Đã rút lúc').waitFor();
  });

  it('shows hostile names and cells as text, without breaking the page', async () => {
    const page = await openSend({ viewport: { width: 390, height: 844 } });
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '\u202egnp.exe',
      '=HYPERLINK(1)',
      'rất'.repeat(300),
    ];
    const rows = hostile.map((text, index) => `II.9.1;${text.replace(/[;"]/g, '')};${index};x;${text}`);
    const name = `<b>"x"</b>\u202e${'dài'.repeat(60)}.csv`;
    await choose(page, [header, ...rows].join('\r\n'), name);
    await page.getByText('Chưa gửi được').waitFor();
    const shown = await page.locator('.sheet').textContent();
    for (const text of hostile.slice(0, 2)) expect(shown).toContain(text);
    expect(shown).toContain('[U+202E]gnp.exe');
    expect(await page.locator('main script, main img').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('says when there is no connection, and goes on when there is', async () => {
    const page = await browser.open({ unwatched: true });
    await signIn(page, '74');
    await page.goto('/send');
    await page.getByRole('button', { name: 'Chọn tệp…' }).waitFor();
    await page.context().setOffline(true);
    await choose(page, right(70004));
    await page.getByText('Mất kết nối').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.getByRole('button', { name: 'Gửi', exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.getByText('Mất kết nối').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.getByText('Hợp lệ: số liệu đã được công bố').waitFor();
    await withdraw(page);
  });

  it('checks a million rows while the page stays usable, and can be stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiendo-rows-'));
    const file = join(folder, 'triệu dòng.csv');
    writeFileSync(file, `indicator;period;value\n${'II.9.1;2022-06;98,7\n'.repeat(1_000_000)}`);
    try {
      const page = await openSend();
      await page.setInputFiles('input[type=file]', file);
      await page.getByText('Đang kiểm tra trên máy này…').waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('Being checked on this machine…').waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Choose a file…' }).waitFor();
      await page.setInputFiles('input[type=file]', file);
      await page.getByText('Not ready: 999,999 errors in the file').waitFor({ timeout: 90_000 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the pages of a province', () => {
  it.each(['/units/58', '/units/58/submissions', '/units/58/submissions/01G3ABCDEFGHJKMNPQRSTVWXYZ'])(
    'do not show another province by its address: %s',
    async (address) => {
      const page = await openSend();
      await page.goto(address);
      await page.getByText('Tài khoản này không được xem đơn vị 58').waitFor();
      expect(await page.locator('main').textContent()).not.toContain('Ninh Thuận');
    },
  );

  it('are called by the name of the unit to those who oversee it, who cannot send', async () => {
    const page = await browser.open();
    await signIn(page, 'coordinator');
    for (const [address, title] of [
      ['/units/74', 'Bình Dương'],
      ['/units/74/submissions', 'Bình Dương: tệp đã nộp'],
    ] as const) {
      await page.goto(address);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await expectNoAxeViolations(page);
      expect(await page.getByRole('link', { name: 'Nộp số liệu' }).count()).toBe(0);
    }
    await page.goto('/send');
    await page.getByText('Không có trang này').waitFor();
  });

  it('save the template with the mark by which Excel knows its letters', async () => {
    const page = await openSend();
    await page.goto('/units/74');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Tải tệp mẫu' }).click();
    const saved = await (await download).path();
    expect((await readFile(saved, 'utf8')).startsWith('\ufeffMã chỉ tiêu;')).toBe(true);
  });

  it.each<[string, PageOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
  ])('have no fault of accessibility in any state, %s', async (_, options) => {
    const page = await openSend(options);
    const inBothLanguages = async () => {
      await expectNoAxeViolations(page);
      await page.getByRole('button', { name: 'English' }).click();
      await expectNoAxeViolations(page);
      await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    };
    await inBothLanguages();
    await choose(page, wrong);
    await page.getByText('Chưa gửi được').waitFor();
    await inBothLanguages();
    await page.getByRole('button', { name: 'Chọn tệp đã sửa…' }).click();
    await choose(page, right(options.colorScheme === 'dark' ? 70005 : 70006));
    await page.getByText('Số liệu mới (1)').click();
    await inBothLanguages();
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.getByRole('button', { name: 'Rút lượt nộp…' }).waitFor();
    await inBothLanguages();
    await page.getByRole('button', { name: 'Rút lượt nộp…' }).click();
    await page.getByRole('dialog').waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await withdraw(page);
    await inBothLanguages();
    await page.goto('/units/74/submissions');
    await page.getByRole('table').waitFor();
    await inBothLanguages();
    await page.goto('/units/74');
    await page.getByText('mục tiêu').first().waitFor();
    await inBothLanguages();
  });
});
