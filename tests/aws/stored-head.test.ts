import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeadSchema, storeHead } from '../../shared/aws/stored-head.ts';
import { emptyHead, type Head, publish } from '../../shared/domain/head.ts';
import { anyHistory } from '../domain/histories.ts';

const now = '2022-06-20T03:00:00.000Z';
const candidate = {
  id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
  sha256: 'a'.repeat(64),
  receivedAt: '2022-06-20T02:59:00.000Z',
  figures: [
    {
      indicator: 'II.9.1',
      period: '2022-05',
      asAt: '2022-05-31',
      numerator: 987,
      denominator: 1000,
      areas: 91,
    },
    { indicator: '1.a.1', period: '2022-05', asAt: '2022-05-31', completedOn: '2022-05-20', areas: 0 },
  ],
};
const restored = (head: Head) => readHeadSchema.parse(JSON.parse(JSON.stringify(storeHead(head))));

describe('a head in columns', () => {
  it('holds one list for each property, a point naming its submission by place', () => {
    expect(storeHead(publish(emptyHead('74', 2022), candidate, now))).toMatchObject({
      unit: '74',
      version: 1,
      submissions: { id: [candidate.id], acceptedAt: [now], withdrawnAt: [null] },
      points: { submission: [0, 0], indicator: ['1.a.1', 'II.9.1'], numerator: [null, 987] },
    });
  });

  it('is read back as it was (property)', () => {
    expect(restored(emptyHead('74', 2022))).toEqual(emptyHead('74', 2022));
    fc.assert(
      fc.property(anyHistory, (history) => {
        const head = history.reduce(
          (built, { submissionId: id, receivedAt, figures }) =>
            publish(built, { ...candidate, id, receivedAt, figures }, now),
          publish(emptyHead('74', 2022), candidate, now),
        );
        const submissions = head.submissions.map((submission, place) => ({
          ...submission,
          ...(history[place]?.withdrawnAt && { withdrawnAt: history[place].withdrawnAt }),
        }));
        expect(restored({ ...head, submissions })).toEqual({ ...head, submissions });
      }),
    );
  });

  it('is refused when a point comes from nowhere', () => {
    const head = publish(emptyHead('74', 2022), candidate, now);
    expect(() => storeHead({ ...head, submissions: [] })).toThrow('does not name');
    const stored = storeHead(head);
    const astray = { ...stored, points: { ...stored.points, submission: [0, 7] } };
    expect(readHeadSchema.safeParse(astray).success).toBe(false);
  });
});
