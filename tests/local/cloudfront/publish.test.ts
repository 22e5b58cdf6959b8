import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publishFiles } from '../../../local/cloudfront/publish.ts';
import { createObjectStore, type ObjectStore } from '../../../local/s3/object-store.ts';

const marker = '<<marker:0xbaba:0>>';
let objects: ObjectStore;
beforeEach(() => {
  objects = createObjectStore(mkdtempSync(join(tmpdir(), 'objects-')));
});
afterEach(() => objects.close());

function folder(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'files-'));
  mkdirSync(join(directory, 'assets'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}

async function publish(
  files: Readonly<Record<string, string>>,
  value = 'https://a',
  isJson = false,
  day = '01',
  prefix = '',
) {
  const source = { directory: folder(files), replacements: { [marker]: value }, isJson };
  const headers = { 'cache-control': 'no-cache' };
  await publishFiles(
    [{ bucket: 'portal', prefix, sources: [source], headers }],
    objects,
    () => `2022-07-${day}T00:00:00.000Z`,
  );
}

async function content(key: string): Promise<string> {
  const object = objects.find('portal', key);
  if (!object) throw new Error(`There is no ${key}`);
  return await text(objects.read(object, 0, object.size - 1));
}

it('copies files, those in folders too, with their type and how long to keep them', async () => {
  await publish({ 'index.html': '<p>', 'assets/a.js': 'export {};', 'assets/font': 'bytes' });
  expect(objects.find('portal', 'assets/a.js')).toMatchObject({
    headers: { 'content-type': 'text/javascript', 'cache-control': 'no-cache' },
  });
  expect(objects.find('portal', 'assets/font')?.headers['content-type']).toBe('binary/octet-stream');
  expect(await content('index.html')).toBe('<p>');
});

it('puts what is known at deployment only in the place of its markers, wherever they stand', async () => {
  await publish({ 'a.txt': `${marker} and ${marker}` }, '$& "quoted"');
  expect(await content('a.txt')).toBe('$& "quoted" and $& "quoted"');
});

it('keeps JSON whole whatever it puts into it', async () => {
  await publish({ 'config.json': `{"apiUrl":"${marker}/"}` }, 'a"b\\c', true);
  expect(JSON.parse(await content('config.json'))).toEqual({ apiUrl: 'a"b\\c/' });
});

it('leaves an object that holds the same already as it is, and replaces one that does not', async () => {
  await publish({ 'a.txt': 'same', 'b.txt': 'before' });
  await publish({ 'a.txt': 'same', 'b.txt': 'after' }, '', false, '02');
  expect(objects.find('portal', 'a.txt')?.lastModified).toBe('2022-07-01T00:00:00.000Z');
  expect(objects.find('portal', 'b.txt')?.lastModified).toBe('2022-07-02T00:00:00.000Z');
  expect(await content('b.txt')).toBe('after');
});

it('puts what a deployment has a folder for into that folder', async () => {
  await publish({ 'a.js': 'export {};' }, '', false, '01', 'assets/');
  expect(await content('assets/a.js')).toBe('export {};');
});
