import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaitOutcome } from '../../cli/await-outcome.ts';
import { uploadFile } from '../../cli/upload-file.ts';
import { Unreachable } from '../../shared/client/api.ts';
import { UploadRefused } from '../../shared/client/submit-file.ts';
import type { SubmissionState } from '../../shared/domain/submission.ts';

let server: Server;
let url: string;
/** What the server does with each request in turn. */
let answers: ((request: IncomingMessage, response: ServerResponse) => unknown)[];
let waits: number[];

beforeEach(async () => {
  answers = [];
  waits = [];
  server = createServer((request, response) => void answers.shift()?.(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const wait = async (ms: number) => {
  waits.push(ms);
};
const answerWith = (status: number) => async (request: IncomingMessage, response: ServerResponse) => {
  await buffer(request);
  response.writeHead(status).end('said');
};
const breakOff = (request: IncomingMessage) => request.destroy();

function fileOf(bytes: Uint8Array) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    bytes: bytes.length,
    sha256,
    async *open() {
      yield bytes;
    },
  };
}
const small = fileOf(new TextEncoder().encode('indicator,period\n'));

async function upload(file: Parameters<typeof uploadFile>[1]) {
  const headers = { 'content-length': String(file.bytes), 'content-type': 'text/csv', 'if-none-match': '*' };
  const granted = { method: 'PUT' as const, url, headers, expiresAt: '2022-06-28T01:05:00.000Z' };
  await uploadFile({ id: 'id', upload: granted }, file, wait);
}

describe('an upload', () => {
  it('carries the signed headers and its length, not chunks of unknown number', async () => {
    let seen: unknown;
    answers.push(async (request, response) => {
      const { method, headers } = request;
      seen = { method, headers, body: (await buffer(request)).toString() };
      response.end();
    });
    await upload(small);
    expect(seen).toMatchObject({
      method: 'PUT',
      headers: { 'content-length': '17', 'content-type': 'text/csv', 'if-none-match': '*' },
      body: 'indicator,period\n',
    });
    expect(Object(seen).headers).not.toHaveProperty('transfer-encoding');
  });

  it('is under way before the file is read to its end', async () => {
    const begun = Promise.withResolvers<void>();
    answers.push(async (request, response) => {
      request.once('data', () => begun.resolve());
      await buffer(request);
      response.end();
    });
    const chunk = new Uint8Array(1024 * 1024);
    await upload({
      bytes: 2 * chunk.length,
      sha256: '',
      async *open() {
        yield chunk;
        // Were the whole file gathered first, this would never come.
        await begun.promise;
        yield chunk;
      },
    });
    expect(answers).toEqual([]);
  });

  it('is tried again when the connection breaks, from the beginning', async () => {
    answers.push(breakOff, breakOff, answerWith(200));
    await upload(small);
    expect(waits).toEqual([2000, 2000]);
  });

  it('gives up after three attempts', async () => {
    answers.push(breakOff, breakOff, breakOff, answerWith(200));
    await expect(upload(small)).rejects.toThrow(Unreachable);
    expect(answers).toHaveLength(1);
  });

  it('is done when the second attempt finds the file there: only the answer was lost', async () => {
    answers.push(breakOff, answerWith(412));
    await upload(small);
    expect(answers).toEqual([]);
  });

  it.each([412, 400, 403, 503])('is not tried again after a %i', async (status) => {
    answers.push(answerWith(status), answerWith(200));
    await expect(upload(small)).rejects.toEqual(new UploadRefused(status, 'said'));
    expect(waits).toEqual([]);
  });

  it('never shows the signature of its URL', async () => {
    answers.push(breakOff, breakOff, breakOff);
    url += '/74/id?X-Amz-Signature=secret';
    const error = await upload(small).catch((error: Unreachable) => error);
    expect(error).toMatchObject({ message: expect.not.stringContaining('secret') });
  });
});

describe('waiting for an outcome', () => {
  const api = { url: '', accessToken: async () => 'token' };
  const inState =
    (state: SubmissionState, rest: object = {}) =>
    (_: IncomingMessage, response: ServerResponse) => {
      const submission = {
        id: 'id',
        unit: '74',
        state,
        fileName: 'a.csv',
        contentType: 'text/csv',
        bytes: 1,
        sha256: '0'.repeat(64),
        requestedAt: '2022-06-28T01:00:00.000Z',
        requestedBy: 'subject',
        ...rest,
      };
      response.end(JSON.stringify(submission));
    };
  beforeEach(() => {
    api.url = url;
  });

  it.each(['accepted', 'rejected', 'failed', 'expired'] as const)('ends with %s', async (state) => {
    answers.push(inState('requested'), inState('received'), inState('checking'), inState(state));
    expect(await awaitOutcome(api, 'id', wait)).toMatchObject({ id: 'id', state });
    expect(waits).toHaveLength(3);
  });

  it('shows how far the check of a large file is, from when it is told to the outcome', async () => {
    const drawn: unknown[][] = [];
    const bar = {
      start: (...told: unknown[]) => drawn.push(['start', ...told]),
      update: (...told: unknown[]) => drawn.push(['update', ...told]),
      stop: () => drawn.push(['stop']),
    };
    const at = (rows: number, bytes: number) => ({ progress: { rows, bytes, ofBytes: 100 } });
    answers.push(inState('checking'), inState('checking', at(0, 20)), inState('checking', at(7, 90)));
    answers.push(inState('accepted'));
    await awaitOutcome(api, 'id', wait, bar);
    expect(drawn).toEqual([['start', 100, 20, { rows: 0 }], ['update', 90, { rows: 7 }], ['stop']]);
  });

  it('draws nothing for a file whose progress is not told', async () => {
    const drawn: string[] = [];
    const draw = () => drawn.push('drawn');
    answers.push(inState('checking'), inState('accepted'));
    await awaitOutcome(api, 'id', wait, { start: draw, update: draw, stop: draw });
    expect(drawn).toEqual([]);
  });

  it('asks less and less often, and says where to look after a quarter of an hour', async () => {
    answers.push(...Array.from({ length: 1000 }, () => inState('received')));
    await expect(awaitOutcome(api, 'id', wait)).rejects.toThrow(/tiendo status id/);
    expect(waits.slice(0, 2)).toEqual([500, 750]);
    expect(waits.at(-1)).toBe(5000);
    const waitedMs = waits.reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeGreaterThanOrEqual(15 * 60_000);
    expect(waitedMs).toBeLessThan(15 * 60_000 + 5000);
  });
});
