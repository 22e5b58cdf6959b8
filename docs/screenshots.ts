import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { synthesize } from '../infra/synth.ts';
import { type Cloud, startCloud } from '../local/cloud.ts';
import { findFreePorts } from '../local/free-ports.ts';
import { loadJourney, playJourney, registerCoordinators } from '../local/journey.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { chooseAccount } from '../tests/browser/choose-account.ts';
import { findChromium } from '../tests/browser/chromium.ts';
import { frames, type Picture, pictures } from './shots.ts';

/** Eight in the morning in Vietnam, after the night in which the catalogue's tables are first exported. */
const shotAt: Instant = '2022-07-02T01:00:00.000Z';
const folder = join(import.meta.dirname, 'screenshots');

/** A picture that was taken, as `manifest.json` has it. */
interface Taken {
  file: string;
  page: string | null;
  width: number;
  sha256: string;
}

/** Plays the sample journey on an embedded cloud and takes every picture anew. A folder given as argument keeps the journey. */
async function takeScreenshots(kept: string | undefined): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'tiendo-shots-'));
  const cloud = await startSampleCloud(work, kept === undefined ? join(work, 'data') : resolve(kept));
  const { executablePath, fontConfig } = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, ...(fontConfig && { FONTCONFIG_FILE: fontConfig }) },
  });
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const taken: Taken[] = [];
    for (const picture of pictures) taken.push(await take(browser, cloud.addresses, picture));
    const text = JSON.stringify({ asOf: cloud.clock.now(), pictures: taken }, null, 2);
    await writeFile(join(folder, 'manifest.json'), `${text}\n`);
  } finally {
    await browser.close();
    await cloud.close();
    await rm(work, { recursive: true });
  }
}

/** The embedded cloud after the whole journey, its clock standing. */
async function startSampleCloud(work: string, dataDirectory: string): Promise<Cloud> {
  const port = await findFreePorts();
  const templateDirectory = join(work, 'cdk.out');
  await synthesize({
    portalUrl: `http://127.0.0.1:${port + 3}`,
    outdir: templateDirectory,
    builds: join(work, 'dist'),
    isChecked: false,
  });
  await mkdir(dataDirectory, { recursive: true });
  const journey = await loadJourney();
  const cloud = await startCloud({ templateDirectory, dataDirectory, startAt: journey.startsAt, port });
  if (cloud.clock.now() === journey.startsAt) await registerCoordinators(cloud);
  await playJourney(cloud, journey, shotAt);
  return cloud;
}

/** Opens a page as its person, does what is to be done there, and writes the picture of the window. */
async function take(
  browser: Browser,
  addresses: Cloud['addresses'],
  { file, shot, frame, colorScheme }: Picture,
): Promise<Taken> {
  const context = await browser.newContext({
    baseURL: addresses.portalUrl,
    viewport: frames[frame],
    colorScheme,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  try {
    const page = await context.newPage();
    await page.goto(shot.address);
    if (shot.account !== undefined) {
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await chooseAccount(page, shot.account, addresses);
    }
    await page.locator(shot.shows).first().waitFor();
    await shot.act?.(page);
    await settle(page);
    const from = (frame === 'phone' ? shot.fromOnPhone : undefined) ?? shot.from;
    if (from === undefined) await page.evaluate('scrollTo(0, 0)');
    else {
      await page
        .locator(from)
        .first()
        .evaluate((element) => element.scrollIntoView());
    }
    const png = await page.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'hide' });
    console.log(`${file}  ${png.length}`);
    const sha256 = createHash('sha256').update(png).digest('hex');
    return { file, page: shot.page ?? null, width: frames[frame].width, sha256 };
  } finally {
    await context.close();
  }
}

/** Waits until nothing is being loaded, and no element shows that it is busy. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.loading, [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

await takeScreenshots(process.argv[2]);
