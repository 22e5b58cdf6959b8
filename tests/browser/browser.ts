import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

/** How a page is opened: `{ colorScheme: 'dark', viewport: { width: 360, height: 740 } }`. */
export interface PageOptions extends BrowserContextOptions {
  /** The test itself looks at what must not happen. */
  unwatched?: boolean;
}

/** What tests of a file do with its one browser. */
export interface TestBrowser {
  /**
   * A page of a person of its own, in Vietnam: nothing is shared with other pages. The test fails at its end when the page logged an
   * error, opened a dialog or asked for an address that is not of the embedded cloud.
   */
  open(options?: PageOptions): Promise<Page>;
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
    async open({ unwatched = false, ...options } = {}) {
      const context = await browser.newContext({
        baseURL: inject('addresses').portalUrl,
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(20_000);
      opened.push({ context, faults: unwatched ? [] : watchFaults(context) });
      return await context.newPage();
    },
  };
}

/** The browser's own line for a 4xx of the API or the sign-in, which a page cannot keep from the console and shows in its own way. */
function isRefusal(message: ConsoleMessage): boolean {
  const { origin } = new URL(message.location().url || inject('addresses').portalUrl);
  return (
    origin !== new URL(inject('addresses').portalUrl).origin &&
    /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())
  );
}

/** What must not happen on any page, as it happens. */
export function watchFaults(context: BrowserContext): readonly string[] {
  const faults: string[] = [];
  const { portalUrl, apiUrl, issuer, endpoint } = inject('addresses');
  const known = new Set([portalUrl, apiUrl, issuer, endpoint].map((url) => new URL(url).origin));
  context.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message)) faults.push(`console: ${message.text()}`);
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
