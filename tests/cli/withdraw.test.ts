import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { statusCommand } from '../../cli/commands/status.ts';
import { withdrawCommand } from '../../cli/commands/withdraw.ts';
import { closeServer, listen } from '../../local/loopback.ts';
import type { Submission } from '../../shared/domain/submission.ts';
import { runCommand } from './run-command.ts';

const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
const copy = '01G3BBBBBBBBBBBBBBBBBBBBBB';
const published: Submission = {
  id,
  unit: '74',
  state: 'accepted',
  fileName: 'a.csv',
  contentType: 'text/csv',
  bytes: 100,
  sha256: 'a'.repeat(64),
  requestedAt: '2022-06-28T01:00:00.000Z',
  requestedBy: 'x',
  acceptedAt: '2022-06-28T01:00:02.000Z',
};

/** An API that keeps the first reason, as ours does. */
let submission: Submission;
let unpublishedCopies: string[];
let refusal: object | undefined;
const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json');
  if (refusal) {
    response.writeHead(404).end(JSON.stringify(refusal));
  } else if (request.method === 'POST') {
    const text = Buffer.concat(await Array.fromAsync(request)).toString('utf8');
    const { reason } = JSON.parse(text);
    const withdrawn = { withdrawnAt: '2022-06-29T03:00:00.000Z', withdrawalReason: reason };
    if (submission.withdrawnAt === undefined) submission = { ...submission, ...withdrawn };
    response.end(JSON.stringify({ ...submission, unpublishedCopies }));
  } else {
    const isList = request.url === '/submissions';
    response.end(JSON.stringify(isList ? { unit: '74', submissions: [submission] } : submission));
  }
});
let apiUrl: string;

beforeAll(async () => {
  apiUrl = await listen(server, 0);
});
afterAll(() => closeServer(server));
beforeEach(() => {
  submission = published;
  unpublishedCopies = [];
  refusal = undefined;
});

const machine = { environment: { TIENDO_TOKEN: 'x' }, workingDirectory: '/', nowMs: () => 0 };
const withdraw = (reason: string) =>
  runCommand(withdrawCommand(machine), [id, '--reason', reason, '--api', apiUrl]);

describe('tiendo withdraw', () => {
  it('says when it was done and with which reason', async () => {
    const { out, exitCode } = await withdraw('nhầm tệp');
    expect(exitCode).toBe(0);
    expect(out).toBe(`Đã rút lúc 10:00:00 29/06/2022 · withdrawn: ${id} (nhầm tệp)\n`);
  });

  it('asked again, says that it was done before, when and with which reason', async () => {
    await withdraw('nhầm tệp');
    const { out, exitCode } = await withdraw('lý do khác');
    expect(exitCode).toBe(0);
    expect(out).toContain('đã được rút từ trước, lúc 10:00:00 29/06/2022');
    expect(out).toContain('was withdrawn before (nhầm tệp)');
    expect(out).not.toContain('lý do khác');
  });

  it('names copies that stay unpublished and must be sent again', async () => {
    unpublishedCopies = [copy];
    const { out } = await withdraw('nhầm tệp');
    expect(out).toContain(`Lượt nộp ${copy} cùng nội dung vẫn chưa được công bố`);
    expect(out).toContain('send the file again');
  });

  it('names commands, not routes, when the API refuses', async () => {
    const detail = { vi: 'Không có. Xem GET /submissions.', en: 'None. GET /submissions lists them.' };
    refusal = { type: 'about:blank', status: 404, code: 'submission-unknown', title: 'x', detail };
    expect(await withdraw('x')).toMatchObject({
      exitCode: 2,
      err: 'Không có. Xem tiendo status.\nNone. tiendo status lists them.\n',
    });
  });
});

describe('the list of submissions', () => {
  it('shows which was withdrawn, when and why', async () => {
    await withdraw('nhầm tệp');
    const { out } = await runCommand(statusCommand(machine), ['--api', apiUrl]);
    expect(out).toMatch(/đã rút .* a\.csv +rút lúc 10:00:00 29\/06\/2022: nhầm tệp\n/);
  });

  it('shows which was a copy and published nothing', async () => {
    submission = { ...published, issueCounts: { 'submission-identical': 1 } };
    const { out } = await runCommand(statusCommand(machine), ['--api', apiUrl]);
    expect(out).toMatch(/a\.csv +trùng tệp đã nộp, không công bố lại\n/);
  });
});
