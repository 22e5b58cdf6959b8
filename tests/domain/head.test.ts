import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPublications } from '../../shared/domain/fold.ts';
import {
  type Candidate,
  emptyHead,
  findPublished,
  type Head,
  headSchema,
  identicalSubmission,
  publish,
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

  it('keeps current points equal to the fold of all publications (property)', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const published = history.reduce(
          (built, { submissionId, receivedAt, figures }) =>
            publish(built, candidate(submissionId, { receivedAt, figures }), now),
          head,
        );
        headSchema.parse(published);
        const publications = history.map(({ withdrawnAt: _, ...publication }) => ({
          ...publication,
          acceptedAt: findPublished(published, publication.submissionId)?.acceptedAt ?? '',
        }));
        const folded = foldPublications(publications, '2023-01-01T00:00:00.000Z');
        const sort = (points: readonly object[]) =>
          points.map((point) => JSON.stringify(sortKeys(point))).sort();
        expect(sort(published.points)).toEqual(sort(folded));
      }),
    );
  });
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

function sortKeys(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
