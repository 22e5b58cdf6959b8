import * as z from 'zod';
import type { Instant } from './calendar.ts';

/** The largest file taken, in bytes. */
export const maxFileBytes = 200 * 1024 * 1024;
/** The most rows taken in one file. */
export const maxFileRows = 2_000_000;
/** How long an upload URL is valid, in seconds. */
export const uploadUrlSeconds = 5 * 60;
/** How long a URL that a file of a report is downloaded from is valid, in seconds. */
export const downloadUrlSeconds = 5 * 60;
/** After how long a request without an upload expires, in seconds. */
const requestExpirySeconds = 15 * 60;

/** After how long an upload that nobody took up is queued again, in seconds. */
const requeueSeconds = 15 * 60;
/**
 * After how long one that was queued again or taken up is queued once more, in seconds: longer than a message
 * takes through all its tries to `failed`, else copies of a message that cannot succeed would follow each other
 * without end.
 */
const requeueHandledSeconds = 2 * 60 * 60;

/** The check of a smaller file has its outcome before anybody could look how far it is. */
export const minBytesForProgress = 5 * 1024 * 1024;

/**
 * How far the check of a large file is: rows checked, and of the file's bytes the share of the work that is done.
 * Both only grow, unless the check begins anew.
 */
export const checkProgressSchema = z.object({
  rows: z.int().min(0),
  bytes: z.int().min(0),
  ofBytes: z.int().min(1),
});
export type CheckProgress = z.infer<typeof checkProgressSchema>;

/** The states of a submission, from the request to its outcome. */
export const submissionStates = [
  'requested',
  'received',
  'checking',
  'accepted',
  'rejected',
  'failed',
  'expired',
] as const;
export type SubmissionState = (typeof submissionStates)[number];

/** One upload of a unit's file, from the request to its outcome. */
export const submissionSchema = z.strictObject({
  /** ULID: sorts by the time of the request. */
  id: z.string(),
  unit: z.string(),
  state: z.enum(submissionStates),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.int().min(1).max(maxFileBytes),
  /** Lower-case hexadecimal SHA-256 of the file, as announced and signed. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  requestedAt: z.iso.datetime(),
  requestedBy: z.string(),
  receivedAt: z.iso.datetime().optional(),
  /** While a large file is checked, and not longer. */
  progress: checkProgressSchema.optional(),
  /** When it reached its outcome; for an accepted one, its publication. */
  acceptedAt: z.iso.datetime().optional(),
  rejectedAt: z.iso.datetime().optional(),
  failedAt: z.iso.datetime().optional(),
  /** When an accepted one was taken back, by whom and why; from then on it does not count. */
  withdrawnAt: z.iso.datetime().optional(),
  withdrawnBy: z.string().optional(),
  withdrawalReason: z.string().optional(),
  /** Calendar year of the file's periods, once known. */
  year: z.int().optional(),
  rows: z.int().optional(),
  observations: z.int().optional(),
  issueCounts: z.record(z.string(), z.int()).optional(),
});
export type Submission = z.infer<typeof submissionSchema>;

/**
 * Whether an upload has waited for its outcome so long that it is queued again. `handledAt` is when it was last
 * queued again or taken up, if it ever was.
 */
export function isOverdueForIngest(
  receivedAt: Instant,
  handledAt: Instant | undefined,
  now: Instant,
): boolean {
  return handledAt === undefined
    ? secondsBetween(receivedAt, now) >= requeueSeconds
    : secondsBetween(handledAt, now) >= requeueHandledSeconds;
}

/** Whether a request may be given up: its URL has long expired and nothing came. */
export function isRequestExpired(
  { state, requestedAt }: Pick<Submission, 'state' | 'requestedAt'>,
  now: Instant,
): boolean {
  return state === 'requested' && secondsBetween(requestedAt, now) >= requestExpirySeconds;
}

/** Whether a submission has its outcome, which no later delivery or sweep changes. */
export function isSettled(state: SubmissionState): boolean {
  return state === 'accepted' || state === 'rejected';
}

/**
 * Whether nothing more happens to a submission by itself: it has its outcome, or was given up, which a late or
 * repeated upload can still undo.
 */
export function isClosed(state: SubmissionState): boolean {
  return isSettled(state) || state === 'failed' || state === 'expired';
}

/** Whether an accepted submission published nothing, being the same, byte for byte, as one that was current. */
export function isUnpublishedCopy({
  state,
  issueCounts,
}: Pick<Submission, 'state' | 'issueCounts'>): boolean {
  return state === 'accepted' && issueCounts?.['submission-identical'] !== undefined;
}

/** Until when a URL that is signed now can be downloaded from. */
export function downloadExpiry(now: Instant): Instant {
  return new Date(Date.parse(now) + downloadUrlSeconds * 1000).toISOString();
}

function secondsBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
