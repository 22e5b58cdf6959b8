import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock.ts';
import { createFunctions, type Functions } from '../../../local/functions/functions.ts';

const source = `
const bootDate = Date;
const loadedAt = new Date().toISOString();
let calls = 0;
export async function handler(event, context) {
  calls += 1;
  switch (event.do) {
    case 'time':
      return {
        loadedAt, now: new Date().toISOString(), ms: Date.now(), text: Date().slice(0, 15),
        same: bootDate.now() === Date.now(), instance: new Date() instanceof Date,
        fromPrototype: new (new Date(0).constructor)().toISOString(),
        given: new Date(2000, 0, 1).getFullYear(), epoch: new Date(null).getTime(), copied: new Date(new Date(7)).getTime(),
        own: new (class Day extends Date { year() { return this.getUTCFullYear(); } })().year(), name: Date.name + Date.length, parsed: Date.parse('2022-01-01T00:00:00Z'),
      };
    case 'environment': return process.env;
    case 'context': return { id: typeof context.awsRequestId, name: context.functionName, left: context.getRemainingTimeInMillis() };
    case 'calls': return calls;
    case 'nothing': return undefined;
    case 'log': console.log('a line'); console.error('another'); return 'done';
    case 'throw': throw new RangeError('too much');
    case 'crash': setTimeout(() => { throw new Error('behind the back'); }); return new Promise(() => {});
    case 'hang': return new Promise(() => {});
  }
}`;

let directory: string;
let clock: Clock;
let functions: Functions;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'functions-'));
  const codeDirectory = join(directory, 'asset');
  mkdirSync(codeDirectory);
  writeFileSync(join(codeDirectory, 'index.mjs'), source);
  clock = createClock('2022-06-30T16:59:59.999Z');
  functions = createFunctions({
    clock,
    endpoint: 'http://127.0.0.1:1',
    credentialsOf: () => ({ accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken: 'token' }),
    logDirectory: join(directory, 'logs'),
    environment: { EXTRA: 'yes' },
    timeoutMs: 2000,
    compiledDirectory: join(directory, 'compiled'),
    functions: [
      {
        name: 'ingest',
        logicalId: 'IngestFunction',
        functionName: 'Pipeline-IngestFunction',
        arn: 'arn:function',
        roleArn: 'arn:role',
        codeDirectory,
        handler: 'index.handler',
        timeoutSeconds: 300,
        memoryMb: 512,
        environment: { TABLE_NAME: 'T' },
      },
    ],
  });
});
afterEach(async () => {
  await functions.close();
  rmSync(directory, { recursive: true });
});

describe('a function in its worker', () => {
  it('sees the embedded clock from its first line on, and sees it move', async () => {
    expect(await functions.invoke('ingest', { do: 'time' })).toEqual({
      loadedAt: '2022-06-30T16:59:59.999Z',
      now: '2022-06-30T16:59:59.999Z',
      ms: Date.parse('2022-06-30T16:59:59.999Z'),
      text: expect.stringContaining('2022'),
      same: true,
      instance: true,
      fromPrototype: '2022-06-30T16:59:59.999Z',
      given: 2000,
      epoch: 0,
      copied: 7,
      own: 2022,
      name: 'Date7',
      parsed: Date.parse('2022-01-01T00:00:00Z'),
    });
    clock.moveTo('2022-07-01T00:00:00.000Z');
    expect(await functions.invoke('ingest', { do: 'time' })).toMatchObject({
      loadedAt: '2022-06-30T16:59:59.999Z',
      now: '2022-07-01T00:00:00.000Z',
    });
  });

  it('has the environment of the template and of Lambda, and nothing of this machine', async () => {
    const environment = await functions.invoke('Pipeline-IngestFunction', { do: 'environment' });
    expect(environment).toMatchObject({
      TABLE_NAME: 'T',
      AWS_REGION: 'ap-southeast-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_SESSION_TOKEN: 'token',
      AWS_LAMBDA_FUNCTION_NAME: 'Pipeline-IngestFunction',
      EXTRA: 'yes',
    });
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).not.toHaveProperty('HOME');
    expect(environment).not.toHaveProperty('NODE_COMPILE_CACHE');
  });

  it('leaves its compiled code for the next start', async () => {
    await functions.invoke('ingest', { do: 'calls' });
    // It is written after the first answer, so before the second.
    await functions.invoke('ingest', { do: 'calls' });
    expect(readdirSync(join(directory, 'compiled'))).toHaveLength(1);
  });

  it('gets a context with the time left', async () => {
    const context = await functions.invoke('ingest', { do: 'context' });
    expect(context).toEqual({ id: 'string', name: 'Pipeline-IngestFunction', left: expect.any(Number) });
    expect(Object(context).left).toBeGreaterThan(0);
    expect(Object(context).left).toBeLessThanOrEqual(2000);
  });

  it('stays warm between invocations', async () => {
    await functions.invoke('ingest', { do: 'calls' });
    expect(await functions.invoke('ingest', { do: 'calls' })).toBe(2);
  });

  it('answers null when the handler returns nothing', async () => {
    expect(await functions.invoke('ingest', { do: 'nothing' })).toBeNull();
  });

  it('logs to its file and to who listens, not to the terminal', async () => {
    const lines: string[] = [];
    const heard = new Promise<void>((resolve) => {
      functions.onLog((name, line) => {
        lines.push(`${name}: ${line}`);
        if (lines.length === 2) resolve();
      });
    });
    await functions.invoke('ingest', { do: 'log' });
    await heard;
    expect(lines.sort()).toEqual(['ingest: a line', 'ingest: another']);
    await functions.close();
    expect(readFileSync(join(directory, 'logs', 'ingest.log'), 'utf8')).toContain('a line\n');
  });
});

describe('an invocation that fails', () => {
  it('carries what the handler threw, and the worker goes on', async () => {
    await functions.invoke('ingest', { do: 'calls' });
    const failing = functions.invoke('ingest', { do: 'throw' });
    await expect(failing).rejects.toMatchObject({
      type: 'RangeError',
      message: 'ingest: RangeError: too much',
    });
    expect(await functions.invoke('ingest', { do: 'calls' })).toBe(3);
  });

  it.each([
    ['crash', 'Unhandled'],
    ['hang', 'TimedOut'],
  ])('by %s ends as %s, and the next one starts anew', async (what, type) => {
    await functions.invoke('ingest', { do: 'calls' });
    await expect(functions.invoke('ingest', { do: what })).rejects.toMatchObject({ type });
    expect(await functions.invoke('ingest', { do: 'calls' })).toBe(1);
  });

  it('by being killed ends as Killed, and the next one starts anew', async () => {
    await functions.invoke('ingest', { do: 'calls' });
    const hanging = expect(functions.invoke('ingest', { do: 'hang' })).rejects.toMatchObject({
      type: 'Killed',
    });
    await functions.kill('ingest');
    await hanging;
    expect(await functions.invoke('ingest', { do: 'calls' })).toBe(1);
  });

  it('is told apart from a function that does not exist', () => {
    expect(() => functions.invoke('egress', {})).toThrow('There is no function egress');
  });
});

it('further events get further workers', async () => {
  const results = await Promise.all([1, 2, 3].map(() => functions.invoke('ingest', { do: 'calls' })));
  expect(results).toEqual([1, 1, 1]);
});
