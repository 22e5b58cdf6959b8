import type { Instant } from '../domain/calendar.ts';
import { type CheckProgress, minBytesForProgress, type Submission } from '../domain/submission.ts';
import type { Clients } from './clients.ts';
import { moveSubmission } from './submissions.ts';

const everyMs = 2000;

/**
 * Notes with a submission how far the check of its file is, every two seconds at most, for as long as it is being
 * checked. `undefined` for a file too small to need it. Made to be the check's `onProgress`.
 */
export function progressNotes(
  clients: Clients,
  submission: Pick<Submission, 'unit' | 'id' | 'bytes'>,
  now: () => Instant,
): ((progress: Pick<CheckProgress, 'rows' | 'bytes'>) => Promise<void>) | undefined {
  const { bytes: ofBytes } = submission;
  if (ofBytes < minBytesForProgress) return undefined;
  let notedAtMs = Number.NEGATIVE_INFINITY;
  return async ({ rows, bytes }) => {
    const nowMs = Date.parse(now());
    if (nowMs - notedAtMs < everyMs) return;
    notedAtMs = nowMs;
    await moveSubmission(clients, submission, 'checking', { progress: { rows, bytes, ofBytes } }, [
      'checking',
    ]);
  };
}
