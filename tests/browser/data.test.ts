import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { expectNoAxeViolations } from './axe.ts';
import { useBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

const browser = useBrowser();
const { apiUrl } = inject('addresses');

/** The figures of Ninh Thuận, which no other test changes. */
const ofNinhThuan = '/data?query=known-on&unit=58';

async function run(page: Page): Promise<void> {
  await page.goto(ofNinhThuan);
  await page.getByRole('button', { name: 'Chạy truy vấn' }).click();
  await page.getByText(/dòng · chạy lúc/).waitFor();
}

describe('the analyst', () => {
  it('chooses a named query, runs it for a unit, and has its rows in the page and in a file', async () => {
    const page = await browser.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await signIn(page, 'analyst');
    await page.getByRole('link', { name: 'Dữ liệu' }).click();
    await page.getByRole('link', { name: 'Số liệu được biết vào một ngày' }).click();
    await page.getByLabel('Đơn vị').selectOption('58');
    await page.getByRole('button', { name: 'Chạy truy vấn' }).click();
    const rows = page.getByRole('table', { name: 'Các dòng của kết quả' }).getByRole('row');
    await rows.filter({ hasText: '58 Ninh Thuận' }).first().waitFor();
    await page.getByRole('button', { name: 'Sao chép: Câu lệnh SQL' }).click();
    await page.getByText('Đã sao chép.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("unit_id = '58'");
    expect(await page.getByText('--named known-on --param unit=58').count()).toBe(1);

    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Tải toàn bộ kết quả (CSV cho Excel)' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toBe('known-on-2022-07-01.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines.length).toBe(await rows.count());
    expect(lines[1]).toMatch(/^58;/);
  });

  it('gives others a link that shows the same', async () => {
    const page = await browser.open();
    await signIn(page, 'analyst');
    await run(page);
    const link = page.url();
    const shown = await page.getByRole('table', { name: 'Các dòng của kết quả' }).innerText();
    const other = await browser.open();
    await signIn(other, 'coordinator');
    await other.goto(link);
    expect(await other.getByRole('table', { name: 'Các dòng của kết quả' }).innerText()).toBe(shown);
    expect(await other.getByLabel('Đơn vị').inputValue()).toBe('58');
  });

  it('waits no longer than wanted, and is told why a query failed', async () => {
    const page = await browser.open();
    await signIn(page, 'analyst');
    const reason = { vi: 'Truy vấn đọc quá nhiều.', en: 'It reads too much.' };
    let outcome: object = { state: 'running' };
    await page.route(`${apiUrl}/queries/executions/*`, async (route) => {
      const json = { ...(await (await route.fetch()).json()), ...outcome };
      await route.fulfill({ json, headers: { 'access-control-allow-origin': '*' } });
    });
    await page.goto(ofNinhThuan);
    await page.getByRole('button', { name: 'Chạy truy vấn' }).click();
    await page.getByRole('status').getByText('Đang chạy truy vấn…').waitFor();
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Thôi chờ' }).click();
    await page.getByRole('heading', { name: 'Kết quả' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?query=known-on&unit=58');

    outcome = { state: 'failed', reason };
    await page.getByRole('button', { name: 'Chạy truy vấn' }).click();
    await page.getByRole('alert').getByText(reason.vi).waitFor();
    await expectNoAxeViolations(page);
  });

  it('asks again after the network was away, without running the query again', async () => {
    const page = await browser.open({ unwatched: true });
    await signIn(page, 'analyst');
    await run(page);
    const link = page.url();
    await page.route(`${apiUrl}/queries/executions/*`, (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').getByText('Mất kết nối').waitFor();
    await page.unroute(`${apiUrl}/queries/executions/*`);
    await page.getByRole('button', { name: 'Thử lại' }).press('Enter');
    await page.getByText(/dòng · chạy lúc/).waitFor();
    expect(page.url()).toBe(link);
  });

  it('begins at the top of what was chosen, by the keyboard too', async () => {
    const page = await browser.open();
    await signIn(page, 'analyst');
    await page.goto('/data');
    await page.getByRole('link', { name: 'Số liệu và thời gian hiệu lực' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Số liệu và thời gian hiệu lực' }).waitFor();
    expect(await page.evaluate(() => [scrollY, document.activeElement?.id])).toEqual([0, 'main']);
  });

  it('reads what the columns of a table mean, and saves the part of a unit', async () => {
    const page = await browser.open();
    await signIn(page, 'analyst');
    await page.goto('/data');
    await page.getByRole('link', { name: 'Số liệu', exact: true }).click();
    const column = page.getByRole('row', { name: 'denominator' });
    expect(await column.innerText()).toMatch(/Mẫu số\s+BIGINT\s+có thể/);
    await page.getByLabel('Đơn vị', { exact: true }).selectOption('58');
    for (const [button, file] of [
      ['CSV cho Excel', 'observations-58.csv'],
      ['Parquet', 'observations-58.parquet'],
    ] as const) {
      const started = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      expect((await started).suggestedFilename()).toBe(file);
    }
  });
});

describe.each([
  ['light', 'vi'],
  ['light', 'en'],
  ['dark', 'vi'],
  ['dark', 'en'],
] as const)('%s, in %s', (colorScheme, language) => {
  it.each([390, 1280])('the page of data is accessible and holds in %i pixels', async (width) => {
    const page = await browser.open({ colorScheme, viewport: { width, height: 800 } });
    await signIn(page, 'analyst');
    await run(page);
    if (language === 'en') {
      await page.getByRole('button', { name: 'English' }).click();
      await page.locator('html[lang=en]').waitFor();
    }
    const query = new URL(page.url());
    for (const [address, there] of [
      [query.pathname + query.search, '.data-rows'],
      ['/data', '.data-card code:text("overdue-by-body")'],
      ['/data?table=points', '.data-form'],
      ['/data?table=assessments', '.data-form'],
      ['/data?table=current_observations', '.data-dictionary'],
      ['/data?query=none', '.notice'],
    ] as const) {
      await page.goto(address);
      await page.locator(there).first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await expectNoAxeViolations(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), address).toBe(0);
    }
  });
});
