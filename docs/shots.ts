import type { Page } from 'playwright-core';
import {
  alertsLink,
  dataLink,
  deadlinesLink,
  indicatorLink,
  queryLink,
  scoreboardLink,
  sendLink,
  submissionsLink,
  unitLink,
} from '../shared/domain/portal-links.ts';

/** One thing of the portal worth a picture, in every width. */
export interface Shot {
  /** Names the pictures: `scoreboard` → `scoreboard-desktop.png`, `scoreboard-phone.png`. */
  name: string;
  /** The page as `portal/routes.ts` has it; none for the one before anybody is signed in. */
  page?: string;
  /** The sample account that looks at it. */
  account?: string;
  address: string;
  /** A text that is there when the page is, as a selector. */
  shows: string;
  /** What is done on the page before the picture. */
  act?(page: Page): Promise<void>;
  /** What the picture begins with, as a selector; left out, the top of the page. */
  from?: string;
  /** The same on a phone, where it is another. */
  fromOnPhone?: string;
}

/** The widths each shot is taken in. */
export const frames = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;
export type Frame = keyof typeof frames;

/** A picture to take: a shot in a frame and a colour scheme. */
export interface Picture {
  file: string;
  shot: Shot;
  frame: Frame;
  colorScheme: 'light' | 'dark';
}

/** Bình Dương, whose figures reach the target of II.9.1, and Thanh Hóa, whose file is sent back. */
const office = '74';
const overseer = 'coordinator-vpcp';
const analyst = 'analyst';

/** A file as an office might have it, with four mistakes. */
const fileWithMistakes = [
  'Mã chỉ tiêu;Kỳ;Địa bàn;Tử số;Mẫu số;Ngày hoàn thành;Minh chứng;Ghi chú',
  'II.9.1;06/2022;25741;9692;9928;;;',
  'II.9.1;06/2022;25744;118370;11748;;;đảo cột?',
  'II.9.1;06/2022;25747;3397;3437;;;',
  'II.9.1;06/2022;25750;9.910;10005;;;',
  'II.9.1;06/2022;25753;11007;11074;;;',
  'II.9.1;Tháng 13/2022;25756;8268;8325;;;',
  '1.a.1;06/2022;;;;31/06/2022;1203/QĐ-UBND;',
].join('\r\n');

/** Everything that is shown, in the order of the README. */
export const shots: readonly Shot[] = [
  { name: 'sign-in', address: '/', shows: 'button:has-text("Đăng nhập")' },
  {
    name: 'send',
    page: '/send',
    account: office,
    address: sendLink(''),
    shows: 'button:has-text("Chọn tệp…")',
    async act(page) {
      const buffer = Buffer.from(fileWithMistakes);
      await page.setInputFiles('input[type=file]', {
        name: 'bao-cao-2022-06.csv',
        mimeType: 'text/csv',
        buffer,
      });
      await page.locator('.sheet').waitFor();
    },
  },
  {
    name: 'sheet',
    page: '/send',
    account: office,
    address: sendLink(''),
    shows: 'button:has-text("Chọn tệp…")',
    act: (page) => shotOf('send').act?.(page) ?? Promise.resolve(),
    from: '.sheet',
  },
  {
    name: 'work',
    page: '/units/:unit',
    account: office,
    address: unitLink('', office),
    shows: 'button:has-text("Tải tệp mẫu")',
  },
  {
    name: 'history',
    page: '/units/:unit/submissions',
    account: office,
    address: submissionsLink('', office),
    shows: 'main table',
  },
  {
    name: 'receipt',
    page: '/units/:unit/submissions/:submission',
    account: office,
    address: submissionsLink('', office),
    shows: 'main table a',
    async act(page) {
      await page.locator('main table a').first().click();
      await page.getByRole('heading', { name: 'Tải về' }).waitFor();
    },
  },
  {
    name: 'scoreboard',
    page: '/scoreboard',
    account: overseer,
    address: scoreboardLink(''),
    shows: '[data-unit="74"]',
  },
  {
    name: 'map',
    page: '/scoreboard',
    account: overseer,
    address: scoreboardLink(''),
    shows: '[data-unit="74"]',
    from: '.board-pair',
    fromOnPhone: '.province-map',
  },
  {
    name: 'matrix',
    page: '/scoreboard',
    account: overseer,
    address: scoreboardLink(''),
    shows: '#matrix',
    from: '#matrix',
  },
  {
    name: 'deadlines',
    page: '/deadlines',
    account: overseer,
    address: deadlinesLink(''),
    shows: '#due',
    fromOnPhone: '.deadline-timeline',
  },
  {
    name: 'indicator',
    page: '/units/:unit/:indicator',
    account: overseer,
    address: indicatorLink('', office, 'II.9.1'),
    shows: '.indicator-pair svg',
    fromOnPhone: '.indicator-pair .card:last-child',
  },
  {
    name: 'alerts',
    page: '/alerts',
    account: overseer,
    address: alertsLink(''),
    shows: '.alert-card',
    fromOnPhone: '.alert-card',
  },
  {
    name: 'alert',
    page: '/alerts/:alert',
    account: overseer,
    address: `${alertsLink('')}?unit=58&kind=deadline-missed`,
    shows: '.alert-card a',
    async act(page) {
      await page.locator('.alert-card a').last().click();
      await page.locator('.events').waitFor();
      await page.getByRole('button', { name: 'Ghi nhận' }).waitFor();
    },
  },
  {
    name: 'data',
    page: '/data',
    account: analyst,
    address: dataLink(''),
    shows: '.data-card',
  },
  {
    name: 'query',
    page: '/data',
    account: analyst,
    address: queryLink('', 'overdue-by-body'),
    shows: 'button:has-text("Chạy truy vấn")',
    async act(page) {
      await page.getByRole('button', { name: 'Chạy truy vấn' }).click();
      await page.getByText(/dòng · chạy lúc/).waitFor({ timeout: 120_000 });
    },
    from: '#outcome',
  },
];

/** Each shot in both widths, in light colours; some of them in dark ones, too. */
export const pictures: readonly Picture[] = [
  ...shots.flatMap((shot) => [picture(shot, 'desktop', 'light'), picture(shot, 'phone', 'light')]),
  picture(shotOf('map'), 'desktop', 'dark'),
  picture(shotOf('work'), 'phone', 'dark'),
];

function picture(shot: Shot, frame: Frame, colorScheme: 'light' | 'dark'): Picture {
  const file = `${shot.name}-${frame}${colorScheme === 'dark' ? '-dark' : ''}.png`;
  return { file, shot, frame, colorScheme };
}

function shotOf(name: string): Shot {
  const shot = shots.find((shot) => shot.name === name);
  if (!shot) throw new Error(`There is no shot ${name}`);
  return shot;
}
