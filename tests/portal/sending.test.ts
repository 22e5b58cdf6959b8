import { describe, expect, it } from 'vitest';
import { FileUnreadable } from '../../portal/check/file-unreadable.ts';
import { announcementOf, type SendingPorts, sendFile } from '../../portal/pages/send/send-file.ts';
import { followSubmission } from '../../portal/pages/submissions/follow-submission.ts';
import { Unreachable } from '../../shared/client/api.ts';
import { type Upload, UploadRefused } from '../../shared/client/submit-file.ts';
import type { Submission, SubmissionState } from '../../shared/domain/submission.ts';

const announced = { fileName: 'a.csv', contentType: 'text/csv', bytes: 3, sha256: 'a'.repeat(64) } as const;
const upload: Upload = {
  id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
  upload: { method: 'PUT', url: 'https://s3.example/1', headers: {}, expiresAt: '2022-06-28T01:05:00.000Z' },
};

describe('sending a checked file', () => {
  /** The ports, of which `put` does one of `outcomes` after the other, and what was asked of them. */
  function portsOf(outcomes: (Error | undefined)[]): { ports: SendingPorts; asked: string[] } {
    const asked: string[] = [];
    const ports = {
      request: async () => {
        asked.push('request');
        return upload;
      },
      put: async () => {
        asked.push('put');
        const outcome = outcomes.shift();
        if (outcome) throw outcome;
      },
      probe: async () => undefined,
    };
    return { ports, asked };
  }
  const lost = new Unreachable(upload.upload.url, 'no answer');

  it('asks for a URL, puts the file and knows its submission', async () => {
    const { ports, asked } = portsOf([undefined]);
    expect(await sendFile(announced, ports, undefined, () => {})).toBe(upload.id);
    expect(asked).toEqual(['request', 'put']);
  });

  it.each([
    ['arrived the second time', undefined],
    ['had arrived the first time', new UploadRefused(412, '')],
  ])('whose answer was lost is put again to the same URL, and %s', async (_, second) => {
    const { ports, asked } = portsOf([lost, second]);
    const unanswered: { upload: Upload }[] = [];
    await expect(sendFile(announced, ports, undefined, (open) => unanswered.push(open))).rejects.toBe(lost);
    expect(await sendFile(announced, ports, unanswered[0], () => {})).toBe(upload.id);
    expect(asked).toEqual(['request', 'put', 'put']);
  });

  it('takes "there already" for a fault when nothing was put before', async () => {
    const refused = new UploadRefused(412, '');
    const { ports } = portsOf([refused]);
    await expect(sendFile(announced, ports, undefined, () => {})).rejects.toBe(refused);
  });

  it('does not begin when the file has changed since it was checked', async () => {
    const { ports, asked } = portsOf([]);
    const probe = async () => {
      throw new Error('NotReadableError');
    };
    await expect(sendFile(announced, { ...ports, probe }, undefined, () => {})).rejects.toBeInstanceOf(
      FileUnreadable,
    );
    expect(asked).toEqual([]);
  });

  it.each([
    ['csv', 'text/csv'],
    ['json', 'application/json'],
  ] as const)(
    'announces what the check found: %s as %s, under a name the API takes',
    (format, contentType) => {
      const file = { format, encoding: 'utf-8', bytes: 3, sha256: announced.sha256 } as const;
      expect(announcementOf('x'.repeat(256), { file })).toEqual({
        fileName: 'x'.repeat(255),
        contentType,
        bytes: 3,
        sha256: announced.sha256,
      });
    },
  );
});

describe('following a submission', () => {
  const stateOf = (state: SubmissionState): Submission => ({
    id: upload.id,
    unit: '74',
    state,
    ...announced,
    requestedAt: '2022-06-28T01:00:00.000Z',
    requestedBy: 'x',
  });

  async function follow(answers: (SubmissionState | Error)[], abort = new AbortController()) {
    const told: string[] = [];
    const waits: number[] = [];
    await followSubmission({
      read: async () => {
        const answer = answers.shift() ?? 'checking';
        if (answer instanceof Error) throw answer;
        return stateOf(answer);
      },
      wait: async (ms) => {
        waits.push(ms);
        if (waits.length > 20) abort.abort();
      },
      tell: ({ submission, isReachable }) => told.push(`${submission?.state} ${isReachable}`),
      signal: abort.signal,
    });
    return { told, waits };
  }

  it.each(['accepted', 'rejected', 'failed', 'expired'] as const)('ends when it is %s', async (state) => {
    const { told, waits } = await follow(['received', 'checking', state]);
    expect(told).toEqual(['received true', 'checking true', `${state} true`]);
    expect(waits).toEqual([500, 750]);
  });

  it('waits longer each time, but never more than five seconds', async () => {
    const { waits } = await follow([]);
    expect(waits[0]).toBe(500);
    expect(Math.max(...waits)).toBe(5000);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  it('waits a broken connection out, and goes on showing what it knew', async () => {
    const { told } = await follow(['received', new Unreachable('https://api.example', 'gone'), 'accepted']);
    expect(told).toEqual(['received true', 'received false', 'accepted true']);
  });

  it('passes on what the API refuses', async () => {
    await expect(follow([new Error('refused')])).rejects.toThrow('refused');
  });
});
