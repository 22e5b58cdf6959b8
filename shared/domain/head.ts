import * as z from 'zod';
import type { Day, Instant } from './calendar.ts';
import { byKey, foldPublications } from './fold.ts';
import { type Figure, type Point, type Publication, pointKey, pointSchema } from './observation.ts';

/** An accepted submission as the head names it. */
export const publishedSubmissionSchema = z.strictObject({
  id: z.string(),
  sha256: z.string(),
  receivedAt: z.iso.datetime(),
  acceptedAt: z.iso.datetime(),
  withdrawnAt: z.iso.datetime().optional(),
  withdrawnBy: z.string().optional(),
  withdrawalReason: z.string().optional(),
});
export type PublishedSubmission = z.infer<typeof publishedSubmissionSchema>;

/**
 * The head of a unit and year: what is published. A submission exists for the rest of the world from the
 * write that names it here. `submissions` are in the order of acceptance, `points` are the current ones, a
 * cache of the fold. `version` counts the writes.
 */
export const headSchema = z.strictObject({
  unit: z.string(),
  year: z.int(),
  version: z.int(),
  submissions: z.array(publishedSubmissionSchema),
  points: z.array(pointSchema),
});
export type Head = z.infer<typeof headSchema>;

/** A checked submission on its way to publication. */
export interface Candidate {
  id: string;
  sha256: string;
  receivedAt: Instant;
  figures: readonly Figure[];
}

/** A head that names nothing yet. */
export function emptyHead(unit: string, year: number): Head {
  return { unit, year, version: 0, submissions: [], points: [] };
}

/**
 * The head with one more submission, accepted at `now` or a millisecond after the last acceptance, whichever
 * is later, so that acceptance times increase along the head. For each point the later submission, by its
 * ULID, is current, in whatever order they were accepted.
 */
export function publish(head: Head, candidate: Candidate, now: Instant): Head {
  const acceptedAt = later(now, latestChange(head));
  const points = new Map(head.points.map((point) => [pointKey(point), point]));
  for (const figure of candidate.figures) {
    const current = points.get(pointKey(figure));
    if (current && current.submissionId > candidate.id) continue;
    points.set(pointKey(figure), {
      ...figure,
      submissionId: candidate.id,
      receivedAt: candidate.receivedAt,
      acceptedAt,
    });
  }
  const { id, sha256, receivedAt } = candidate;
  return {
    ...head,
    version: head.version + 1,
    submissions: [...head.submissions, { id, sha256, receivedAt, acceptedAt }],
    points: [...points.values()].sort(byKey),
  };
}

/**
 * The earlier submission that makes a candidate superfluous: the same bytes, and every figure the candidate
 * would publish is current as that submission published it.
 */
export function identicalSubmission<S extends Pick<PublishedSubmission, 'id' | 'sha256'>>(
  { submissions, points }: { submissions: readonly S[]; points: readonly Point[] },
  candidate: Pick<Candidate, 'id' | 'sha256' | 'figures'>,
): S | undefined {
  const current = new Map(points.map((point) => [pointKey(point), point]));
  return submissions.find(
    ({ id, sha256 }) =>
      sha256 === candidate.sha256 &&
      id < candidate.id &&
      candidate.figures.every((figure) => current.get(pointKey(figure))?.submissionId === id),
  );
}

/** Who takes a submission back, and why. */
export interface Withdrawal {
  submissionId: string;
  by: string;
  reason: string;
}

/**
 * The head with a submission withdrawn at `now`, or a millisecond after whatever happened last: from then on
 * it does not count, and what it hid shows again. `publications` are all the head names. Returns the same head
 * when it is withdrawn already.
 *
 * @throws RangeError when the head does not name the submission.
 */
export function withdraw(
  head: Head,
  { submissionId, by, reason }: Withdrawal,
  publications: readonly Publication[],
  now: Instant,
): Head {
  const submission = findPublished(head, submissionId);
  if (!submission)
    throw new RangeError(`The head of ${head.unit} ${head.year} does not name ${submissionId}`);
  if (submission.withdrawnAt !== undefined) return head;
  const withdrawnAt = later(now, latestChange(head));
  const remaining = publications.filter((publication) => publication.submissionId !== submissionId);
  return {
    ...head,
    version: head.version + 1,
    submissions: head.submissions.map((each) =>
      each === submission ? { ...each, withdrawnAt, withdrawnBy: by, withdrawalReason: reason } : each,
    ),
    points: foldPublications(remaining, withdrawnAt),
  };
}

/**
 * The head as it was known at an instant: the submissions accepted by then, and the points that were current then.
 * `publications` are all the head names.
 */
export function headAt(head: Head, publications: readonly Publication[], asOf: Instant): Head {
  return {
    ...head,
    submissions: head.submissions.filter(({ acceptedAt }) => acceptedAt <= asOf),
    points: foldPublications(publications, asOf),
  };
}

/**
 * The current figure for an indicator and period: of a running period, the one as at `asAt`, or with the latest
 * as-at day.
 */
export function latestPoint(
  { points }: Pick<Head, 'points'>,
  indicator: string,
  period: string,
  asAt?: Day,
): Point | undefined {
  return points.findLast(
    (point) =>
      point.indicator === indicator && point.period === period && (asAt === undefined || point.asAt === asAt),
  );
}

/** The submission as the head already names it, when publishing it is being repeated. */
export function findPublished(head: Head, submissionId: string): PublishedSubmission | undefined {
  return head.submissions.find(({ id }) => id === submissionId);
}

/** The instant of the last acceptance or withdrawal. */
function latestChange({ submissions }: Head): Instant | undefined {
  return submissions
    .flatMap(({ acceptedAt, withdrawnAt }) => [acceptedAt, withdrawnAt ?? acceptedAt])
    .sort()
    .at(-1);
}

function later(now: Instant, last: Instant | undefined): Instant {
  if (last === undefined || now > last) return now;
  return new Date(Date.parse(last) + 1).toISOString();
}
