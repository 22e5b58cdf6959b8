import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { projectRoot } from '../../infra/bundle.ts';

/** A Chromium, and the fontconfig file that makes it draw with the same font on every machine. */
export interface Chromium {
  executablePath: string;
  fontConfig?: string;
}

/** Where browsers are installed by hand on systems the package has none for. */
const installedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
];

/**
 * The Chromium the project's own install brings on Linux (x64), unpacked once; elsewhere an installed Chrome, or the one
 * `TIENDO_CHROME` names. Throws, saying what to do, when there is none. Not safe to be called by two processes at once.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env.TIENDO_CHROME;
  if (named) return { executablePath: named };
  if (process.platform === 'linux' && process.arch === 'x64') return await unpackChromium();
  const executablePath = installedPaths.find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error(
      'Không thấy Chrome để chạy kiểm thử trình duyệt. Hãy cài Chrome, hoặc ghi đường dẫn vào TIENDO_CHROME.\n' +
        'There is no Chrome for the browser tests. Install Chrome, or name its program in TIENDO_CHROME.',
    );
  }
  return { executablePath };
}

const cache = join(projectRoot, 'node_modules/.cache');

async function unpackChromium(): Promise<Chromium> {
  const { default: chromium } = await import('@sparticuz/chromium');
  const manifest = readFileSync(join(projectRoot, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unpacked = mkdtempSync(join(cache, 'unpacking-'));
    // The package unpacks into the temporary folder, and takes what an interrupted run left there for whole.
    await withTemporaryFolder(unpacked, () => chromium.executablePath());
    renameSync(unpacked, folder);
  }
  return { executablePath: join(folder, 'chromium'), fontConfig: writeFontConfig(join(folder, 'fonts')) };
}

async function withTemporaryFolder(folder: string, act: () => Promise<unknown>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await act();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** The one font of the package, Open Sans, which has Vietnamese: without any, text has no size at all. */
function writeFontConfig(fonts: string): string {
  const file = join(fonts, 'tiendo.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${join(fonts, 'cache')}</cachedir></fontconfig>
`,
  );
  return file;
}
