import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openSourceFile } from '../../cli/source-file.ts';
import { synthesize } from '../../infra/synth.ts';
import type { Cloud } from '../../local/cloud.ts';
import { environmentOf } from '../../local/functions/environment.ts';
import { createIdentities } from '../../local/iam/identities.ts';
import { apiAs } from '../../local/journey.ts';
import { openStore } from '../../local/store.ts';
import { readFunctions } from '../../local/template/functions.ts';
import { readTemplate } from '../../local/template/template.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { putFile, requestUpload } from '../../shared/client/submit-file.ts';
import { startCloud } from '../harness/start-cloud.ts';
import { inChunks, publishedFiles } from './large-files.ts';

const outcomeSchema = z.strictObject({
  answer: z.strictObject({ batchItemFailures: z.tuple([]) }),
  seconds: z.int(),
  peakBytes: z.int(),
});
/** An item as DynamoDB's own JSON has it. */
const itemSchema = z.looseObject({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });
const valueSchema = z.union([
  z.strictObject({ S: z.string() }).transform(({ S }) => Buffer.byteLength(S)),
  z.strictObject({ B: z.string() }).transform(({ B }) => Buffer.from(B, 'base64').length),
  z.strictObject({ N: z.string() }).transform(({ N }) => N.length),
]);

const mostUnitsPerThousandRows = 40;
const folder = mkdtempSync(join(tmpdir(), 'tiendo-publication-'));
const templateDirectory = join(folder, 'cdk.out');
const dataDirectory = join(folder, 'data');

let cloud: Cloud;
/** While it is held, the embedded cloud's own worker gets nowhere with a message. */
let isHeld = true;
/** How often the function called what since it is let go. */
let calls: Record<string, number>;

beforeAll(async () => {
  await synthesize({ outdir: templateDirectory, builds: folder });
  cloud = await startCloud({
    templateDirectory,
    dataDirectory,
    // A process of its own has the machine's clock, and signatures are checked against the embedded one.
    startAt: new Date().toISOString(),
    intercept({ functionName, action }) {
      if (functionName !== 'ingest') return 'pass';
      if (isHeld) return 'fail-before';
      calls[action] = (calls[action] ?? 0) + 1;
      return 'pass';
    },
  });
}, 300_000);

afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});

/** What `ingest` is in the template: its code, its memory, and the environment it runs in. */
function readIngest() {
  const { addresses, clock } = cloud;
  const definitions = readFunctions(readTemplate(templateDirectory, addresses));
  const definition = definitions.find(({ name }) => name === 'ingest');
  if (!definition) throw new Error('the template has no ingest');
  const database = openStore(dataDirectory);
  const { credentialsOf } = createIdentities({ database, clock, functions: definitions });
  const env = environmentOf(definition, credentialsOf('ingest'), addresses.endpoint);
  database.close();
  return { ...definition, env };
}

/** Announces and puts a file; answers its id when the function could begin. */
async function send(unit: string, path: string): Promise<string> {
  const { bytes, sha256 } = await openSourceFile(path);
  const announced = { fileName: basename(path), contentType: 'text/csv', bytes, sha256 } as const;
  const upload = await requestUpload(apiAs(cloud, unit), announced);
  await putFile(upload, Readable.toWeb(createReadStream(path)));
  await cloud.idle();
  return upload.id;
}

/** The write units of an item: one for each kilobyte begun. */
function writeUnitsOf(item: Record<string, unknown>): number {
  const bytes = Object.entries(item).map(
    ([name, value]) => Buffer.byteLength(name) + valueSchema.parse(value),
  );
  return Math.ceil(bytes.reduce((sum, size) => sum + size, 0) / 1024);
}

describe('a large file sent to the local run', () => {
  it.each(publishedFiles)('of $name is published within memory and write units', async (file) => {
    const { name, unit, texts, rows, point } = file;
    const path = join(folder, 'large-file.csv');
    await pipeline(Readable.from(inChunks(texts())), createWriteStream(path));
    isHeld = true;
    const id = await send(unit, path);

    isHeld = false;
    calls = {};
    const { codeDirectory, env, memoryMb, timeoutSeconds } = readIngest();
    const body = JSON.stringify({
      'detail-type': 'Object Created',
      detail: { bucket: { name: cloud.resources.UploadsBucket }, object: { key: `${unit}/${id}` } },
    });
    const program = join(import.meta.dirname, 'intake-in-its-own-process.ts');
    const run = [program, join(codeDirectory, 'index.mjs'), body];
    const { stdout } = await promisify(execFile)(process.execPath, run, { env });
    const outcome = outcomeSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));

    const { body: submission } = await callRoute(apiAs(cloud, unit), 'GET /submissions/{id}', {
      params: { id },
    });
    expect(submission).toMatchObject({ state: 'accepted', rows, observations: rows });
    const items = (await cloud.items('Table')).map((item) => itemSchema.parse(item));
    const own = items.filter(({ pk }) => pk.S === `${unit}#${id}` || pk.S === `${unit}#HEAD`);
    // Each was written once.
    expect(calls.PutItem).toBe(own.length);
    const packed = own.reduce((sum, item) => sum + writeUnitsOf(item), 0);
    // The submission's own item takes one unit each time, and one in the index of the open ones.
    const units = packed + 2 * (calls.UpdateItem ?? 0);
    const perThousand = units / (rows / 1000);
    console.info(`${name}:`, {
      ...outcome,
      memoryMb,
      timeoutSeconds,
      items: own.length,
      units,
      perThousand,
      calls,
    });
    const { area, ...ofPoint } = point;
    const startedMs = performance.now();
    const { body: found } = await callRoute(
      apiAs(cloud, unit),
      'GET /units/{unit}/points/{indicator}/{period}/rows',
      { params: { unit, ...ofPoint }, query: { area } },
    );
    console.info(`The rows of ${area}: ${Math.round(performance.now() - startedMs)} ms`);
    expect(found).toMatchObject({ submission: id, rows: [point] });
    expect(perThousand).toBeLessThanOrEqual(mostUnitsPerThousandRows);
    expect(outcome.peakBytes).toBeLessThan(memoryMb * 2 ** 20);
  });
});
