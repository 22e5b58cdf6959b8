import { expect, it } from 'vitest';
import { expectNoAxeViolations } from './axe.ts';
import { useBrowser, watchFaults } from './browser.ts';

const browser = useBrowser();

it('sees errors, dialogs and requests that leave the embedded cloud, and nothing else', async () => {
  const page = await browser.open({ unwatched: true });
  const faults = watchFaults(page.context());
  await page.goto('/index.html');
  expect(faults).toEqual([]);
  await page.evaluate('alert("hello")');
  await page.evaluate('console.error("wrong")');
  await page.evaluate('fetch("https://tiendo.invalid/").catch(() => undefined)');
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p style="color: red">')`);
  await page.goto('http://127.0.0.1:1/').catch(() => undefined);
  for (const fault of [
    /^dialog: hello$/,
    /^console: wrong$/,
    /^console: .*https:\/\/tiendo\.invalid\/.*Content Security Policy/,
    /^console: .*inline style.*Content Security Policy/,
    /^request: http:\/\/127\.0\.0\.1:1\/$/,
  ]) {
    expect(faults).toContainEqual(expect.stringMatching(fault));
  }
});

it('finds what is not accessible, under the policy of the page', async () => {
  const page = await browser.open();
  await page.goto('/index.html');
  await page.evaluate('document.body.innerHTML = "<main><h1>Tiến độ</h1></main>"');
  await expectNoAxeViolations(page);
  await page.evaluate('document.body.innerHTML = "<main><h1>Tiến độ</h1><button></button></main>"');
  await expect(expectNoAxeViolations(page)).rejects.toThrow(/button-name: .*<button><\/button>/);
});
