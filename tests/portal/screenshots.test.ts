import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { frames, pictures } from '../../docs/shots.ts';
import { portalPages } from '../../portal/routes.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/screenshots');
const maxFolderBytes = 3_000_000;

const manifestSchema = z.strictObject({
  asOf: z.iso.datetime(),
  pictures: z.array(
    z.strictObject({ file: z.string(), page: z.string().nullable(), width: z.number(), sha256: z.string() }),
  ),
});
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));

/** Where a PNG has its width: the first number of its header. */
function widthOf(png: Buffer): number {
  return png.readUInt32BE(16);
}

describe('the screenshots; "npm run screenshots" takes them anew', () => {
  it.each([...new Set(portalPages.map(({ path }) => path))])('show %s in both widths', (path) => {
    const widths = manifest.pictures.filter(({ page }) => page === path).map(({ width }) => width);
    expect(new Set(widths)).toEqual(new Set([frames.desktop.width, frames.phone.width]));
  });

  it('show the sign-in page, which no route has', () => {
    const widths = manifest.pictures.filter(({ page }) => page === null).map(({ width }) => width);
    expect(widths).toEqual([frames.desktop.width, frames.phone.width]);
  });

  it('are those that are to be taken, and no others', () => {
    const files = pictures.map(({ file }) => file);
    expect(manifest.pictures.map(({ file }) => file)).toEqual(files);
    expect(readdirSync(folder).sort()).toEqual([...files, 'manifest.json'].sort());
  });

  it.each(manifest.pictures)('$file is the one that was taken, in its width', ({ file, width, sha256 }) => {
    const png = readFileSync(join(folder, file));
    expect(createHash('sha256').update(png).digest('hex')).toBe(sha256);
    expect(widthOf(png)).toBe(width);
  });

  it('are all in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const absent = pictures.filter(({ file }) => !readme.includes(`"docs/screenshots/${file}"`));
    expect(absent.map(({ file }) => file)).toEqual([]);
  });

  it('stay small', () => {
    const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxFolderBytes);
  });
});
