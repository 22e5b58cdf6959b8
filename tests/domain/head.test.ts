import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPublications } from '../../shared/domain/fold.ts';
import {
  type Candidate,
  emptyHead,
  findPublished,
  type Head,
  headAt,
  headSchema,
  identicalSubmission,
  latestPoint,
  publish,
  withdraw,
} from '../../shared/domain/head.ts';
import { anyHistory } from './histories.ts';

const now = '2022-06-20T03:00:00.000Z';
const head = emptyHead('74', 2022);
const candidate = (id: string, changes: Partial<Candidate> = {}): Candidate => ({
  id,
  sha256: 'a'.repeat(64),
  receivedAt: '2022-06-20T02:59:00.000Z',
  figures: [{ indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value: '98.7', areas: 0 }],
  ...changes,
});
const currentId = ({ points }: Head) => points.map(({ submissionId }) => submissionId);

describe('publishing a submission', () => {
  it('names it in the head, one version on, with its points', () => {
    const next = publish(head, candidate('01A'), now);
    expect(next.version).toBe(1);
    expect(findPublished(next, '01A')).toMatchObject({ id: '01A', acceptedAt: now });
    expect(currentId(next)).toEqual(['01A']);
  });

  it.each([
    ['a millisecond before the last acceptance', '2022-06-20T02:59:59.999Z', '2022-06-20T03:00:00.001Z'],
    ['at the instant of the last acceptance', now, '2022-06-20T03:00:00.001Z'],
    ['a millisecond later', '2022-06-20T03:00:00.001Z', '2022-06-20T03:00:00.001Z'],
    ['two milliseconds later', '2022-06-20T03:00:00.002Z', '2022-06-20T03:00:00.002Z'],
  ])('keeps acceptance times increasing: %s', (_, secondNow, acceptedAt) => {
    const next = publish(publish(head, candidate('01A'), now), candidate('01B'), secondNow);
    expect(findPublished(next, '01B')?.acceptedAt).toBe(acceptedAt);
  });

  it('lets the later submission be current, in whatever order the two are published', () => {
    const inOrder = publish(publish(head, candidate('01A'), now), candidate('01B'), now);
    const reversed = publish(publish(head, candidate('01B'), now), candidate('01A'), now);
    expect(currentId(inOrder)).toEqual(['01B']);
    expect(currentId(reversed)).toEqual(['01B']);
  });
});

describe('a head as it was known', () => {
  const secondAt = '2022-06-21T03:00:00.000Z';
  const withdrawnAt = '2022-06-22T03:00:00.000Z';
  const figures = candidate('01A').figures;
  const history = [
    { submissionId: '01A', receivedAt: now, acceptedAt: now, figures },
    { submissionId: '01B', receivedAt: now, acceptedAt: secondAt, figures },
  ];
  const published = publish(publish(head, candidate('01A'), now), candidate('01B'), secondAt);
  const withdrawal = { submissionId: '01B', by: 'office', reason: 'nhầm tệp' };
  const latest = withdraw(published, withdrawal, history, withdrawnAt);
  const [first, second] = history;
  const publications = first && second ? [first, { ...second, withdrawnAt }] : [];

  it.each([
    ['2022-06-20T02:59:59.999Z', [], []],
    [now, ['01A'], ['01A']],
    ['2022-06-21T02:59:59.999Z', ['01A'], ['01A']],
    [secondAt, ['01A', '01B'], ['01B']],
    ['2022-06-22T02:59:59.999Z', ['01A', '01B'], ['01B']],
    [withdrawnAt, ['01A', '01B'], ['01A']],
  ])('at %s names %j, with the figure of %j', (asOf, named, current) => {
    const known = headAt(latest, publications, asOf);
    expect(known.submissions.map(({ id }) => id)).toEqual(named);
    expect(currentId(known)).toEqual(current);
  });

  it.each([
    [undefined, '2022-05-27'],
    ['2022-05-20', '2022-05-20'],
    ['2022-05-21', undefined],
    ['2022-05-27', '2022-05-27'],
  ])('has of a running period the figure as at %s: %s', (asAt, shown) => {
    const facts = { submissionId: '01A', receivedAt: now, acceptedAt: now };
    const points = ['2022-05-20', '2022-05-27'].flatMap((day) =>
      figures.map((figure) => ({ ...figure, ...facts, asAt: day })),
    );
    expect(latestPoint({ points }, 'II.9.1', '2022-05', asAt)?.asAt).toBe(shown);
  });
});

describe('withdrawing a submission', () => {
  const history = ['01A', '01B'].map((submissionId) => ({
    submissionId,
    receivedAt: now,
    acceptedAt: now,
    figures: candidate(submissionId).figures,
  }));
  const both = publish(publish(head, candidate('01A'), now), candidate('01B'), now);
  const request = { submissionId: '01B', by: 'office', reason: 'nhầm tệp' };

  it('shows again what it hid, and keeps who, when and why', () => {
    const after = withdraw(both, request, history, '2022-06-21T00:00:00.000Z');
    expect(currentId(after)).toEqual(['01A']);
    expect(after.version).toBe(both.version + 1);
    expect(findPublished(after, '01B')).toMatchObject({
      withdrawnAt: '2022-06-21T00:00:00.000Z',
      withdrawnBy: 'office',
      withdrawalReason: 'nhầm tệp',
    });
  });

  it('comes after the last acceptance even when the clock says otherwise', () => {
    const after = withdraw(both, request, history, now);
    expect(findPublished(after, '01B')?.withdrawnAt).toBe('2022-06-20T03:00:00.002Z');
  });

  it('changes nothing the second time', () => {
    const once = withdraw(both, request, history, now);
    expect(withdraw(once, request, history, '2022-06-22T00:00:00.000Z')).toBe(once);
  });

  it('is refused for a submission the head does not name', () => {
    expect(() => withdraw(both, { ...request, submissionId: '01C' }, history, now)).toThrow(RangeError);
  });
});

it('keeps current points equal to the fold of all that was published and withdrawn (property)', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const figuresOf = new Map(history.map(({ submissionId, figures }) => [submissionId, figures]));
      const read = ({ submissions }: Head) =>
        submissions.map(({ id, ...times }) => ({
          submissionId: id,
          ...times,
          figures: figuresOf.get(id) ?? [],
        }));
      let built = head;
      for (const { submissionId, receivedAt, figures, withdrawnAt } of history) {
        built = publish(built, candidate(submissionId, { receivedAt, figures }), now);
        const withdrawal = { submissionId, by: 'office', reason: 'nhầm' };
        if (withdrawnAt !== undefined) built = withdraw(built, withdrawal, read(built), now);
      }
      headSchema.parse(built);
      expect(built.points).toEqual(foldPublications(read(built), '2023-01-01T00:00:00.000Z'));
    }),
  );
});

describe('a submission of the same bytes', () => {
  const published = publish(head, candidate('01A'), now);

  it('is superfluous while every figure of the first is current', () => {
    expect(identicalSubmission(published, candidate('01B'))?.id).toBe('01A');
  });

  it.each([
    ['its bytes differ', candidate('01B', { sha256: 'b'.repeat(64) })],
    [
      'a running period has another as-at day by now',
      candidate('01B', {
        figures: [{ indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-30', value: '98.7', areas: 0 }],
      }),
    ],
    ['it was requested before the other', candidate('019')],
  ])('is published when %s', (_, other) => {
    expect(identicalSubmission(published, other)).toBeUndefined();
  });

  it('is published when a correction came between, so that it counts again', () => {
    const corrected = publish(published, candidate('01B', { sha256: 'b'.repeat(64) }), now);
    expect(identicalSubmission(corrected, candidate('01C'))).toBeUndefined();
  });
});
