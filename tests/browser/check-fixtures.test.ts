import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import * as z from 'zod';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { dryRun } from '../../shared/domain/check-upload.ts';
import { dryRunReport } from '../../shared/domain/dry-run-report.ts';
import { pointSchema } from '../../shared/domain/observation.ts';
import { fixtureFiles } from '../domain/intake/any-file.ts';
import { sourceOf } from '../domain/intake/sources.ts';
import { useBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

const browser = useBrowser();
const folder = new URL('../fixtures/intake/', import.meta.url);

const given = z.object({
  given: z.object({
    unit: z.string(),
    receivedAt: z.string(),
    published: z.array(z.record(z.string(), z.unknown())).default([]),
  }),
});

/** A fixture with what it is checked against; published figures get the facts of a point that they lack. */
function readGiven(name: string) {
  const expected = readFileSync(new URL(name.replace(/\.(csv|json)$/, '.expected.json'), folder), 'utf8');
  const { unit, receivedAt, published } = given.parse(JSON.parse(expected)).given;
  const points = published.map((figure) =>
    pointSchema.parse({
      ...figure,
      submissionId: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
      receivedAt: '2022-05-01T00:00:00.000Z',
      acceptedAt: '2022-05-01T00:00:00.000Z',
    }),
  );
  return { unit, receivedAt, published: { submissions: [], points } };
}

/** The page on which a worker can be started, and the worker's address. */
async function openWithWorker(): Promise<{ page: Page; workerUrl: string }> {
  const page = await browser.open();
  await signIn(page, '74');
  await page.goto('/send');
  const started = page.waitForEvent('worker');
  await page.setInputFiles('input[type=file]', {
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a'),
  });
  const workerUrl = (await started).url();
  await page.getByText('Chưa gửi được').waitFor();
  return { page, workerUrl };
}

interface Asked {
  workerUrl: string;
  base64: string;
  unit: string;
  receivedAt: string;
  published: unknown;
}

/** Runs in the page: what the worker says of a file. */
function checkInPage({ workerUrl, base64, ...request }: Asked): Promise<unknown> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Promise((resolve) => {
    const worker = new Worker(workerUrl, { type: 'module' });
    worker.addEventListener('message', ({ data }) => {
      if (data.type === 'progress') return;
      worker.terminate();
      resolve(data);
    });
    worker.postMessage({ ...request, file: new File([bytes], 'a.csv') });
  });
}

/** Runs in the page: the answer of the API, as whoever is signed in. */
async function askInPage({ url, base64 }: { url: string; base64?: string }): Promise<unknown> {
  const session = JSON.parse(sessionStorage.getItem('tiendo.session') ?? '');
  const headers = { authorization: `Bearer ${session.tokens.accessToken}` };
  if (base64 === undefined) return await (await fetch(url, { headers })).json();
  const body = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const type = { 'content-type': 'application/octet-stream' };
  return await (await fetch(url, { method: 'POST', headers: { ...headers, ...type }, body })).json();
}

const publishedSchema = z.object({
  asOf: z.string(),
  submissions: z.array(z.unknown()),
  points: z.array(z.unknown()),
});
const base64Of = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

it('checks every fixture in the browser as the domain does', async () => {
  const { page, workerUrl } = await openWithWorker();
  for (const [name, bytes] of fixtureFiles) {
    const asked = readGiven(name);
    const found = await page.evaluate(checkInPage, { workerUrl, base64: base64Of(bytes), ...asked });
    const source = { ...sourceOf(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
    const { unit: unitId, receivedAt, published } = asked;
    const report = dryRunReport(
      await dryRun(source, { catalogue: loadCatalogue(), areas: loadAreas(), unitId, receivedAt }, published),
    );
    expect(found, name).toMatchObject({ type: 'checked', report });
  }
});

it('finds in every fixture what the server finds', async () => {
  const { apiUrl } = inject('addresses');
  const { page, workerUrl } = await openWithWorker();
  const answer = await page.evaluate(askInPage, { url: `${apiUrl}/units/74/published` });
  const { asOf: receivedAt, ...published } = publishedSchema.parse(answer);
  // Nothing can be uploaded that has no bytes.
  for (const [name, bytes] of [...fixtureFiles].filter(([, { length }]) => length > 0)) {
    const base64 = base64Of(bytes);
    const report = await page.evaluate(askInPage, { url: `${apiUrl}/submissions?dryRun`, base64 });
    const found = await page.evaluate(checkInPage, { workerUrl, base64, unit: '74', receivedAt, published });
    expect(report, name).toHaveProperty('verdict');
    expect(found, name).toMatchObject({ type: 'checked', report });
  }
});
