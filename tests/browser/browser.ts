import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

/** What tests of a file do with its one browser. */
export interface TestBrowser {
  /**
   * A page of a person of its own, in Vietnam: nothing is shared with other pages. The test fails at its end when the page logged an
   * error, opened a dialog or asked for an address that is not of the embedded cloud.
   */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** Starts a browser for the tests of a file, and ends it with them. Called once, outside of tests. */
export function useBrowser(): TestBrowser {
  let browser: Browser;
  let opened: { context: BrowserContext; faults: readonly string[] }[] = [];

  beforeAll(async () => {
    const { executablePath, fontConfig } = inject('chromium');
    browser = await chromium.launch({
      executablePath,
      // Not the package's own arguments: they turn off what CORS and the policy are tested for.
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
      env: { ...process.env, ...(fontConfig && { FONTCONFIG_FILE: fontConfig }) },
    });
  });
  afterEach(async () => {
    const ended = opened;
    opened = [];
    for (const { context } of ended) await context.close();
    expect(ended.flatMap(({ faults }) => faults)).toEqual([]);
  });
  afterAll(() => browser?.close());

  return {
    async open(options = {}) {
      const context = await browser.newContext({
        baseURL: inject('addresses').portalUrl,
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(20_000);
      opened.push({ context, faults: watch(context) });
      return await context.newPage();
    },
  };
}

/** What must not happen on any page, as it happens. */
function watch(context: BrowserContext): readonly string[] {
  const faults: string[] = [];
  const { portalUrl, apiUrl, issuer, endpoint } = inject('addresses');
  const known = new Set([portalUrl, apiUrl, issuer, endpoint].map((url) => new URL(url).origin));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`error: ${error.error().stack ?? error.error().message}`));
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !known.has(origin)) faults.push(`request: ${request.url()}`);
  });
  return faults;
}
