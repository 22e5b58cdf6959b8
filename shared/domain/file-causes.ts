import { addDays, type Day, dayOf, type Instant } from './calendar.ts';
import type { Cause } from './cause.ts';
import type { Publication } from './observation.ts';

/** A rejected file is urgent when something unmet falls due within so many days. */
const urgentDays = 3;
/** Of a longer file name only so much is told. */
const maxNameLength = 80;

/** A file that was sent back: when, under what name, and with how many errors. */
export interface Rejection {
  submissionId: string;
  fileName: string;
  rejectedAt: Instant;
  errors: number;
}

/**
 * `file-rejected` for each file sent back, until the unit's next accepted one. Urgent when `isAwaited` says that
 * something unmet falls due within three days.
 */
export function fileCauses(
  unit: string,
  rejections: readonly Rejection[],
  publications: readonly Pick<Publication, 'acceptedAt'>[],
  asOf: Instant,
  isAwaited: (at: Instant, first: Day, last: Day) => boolean,
): Cause[] {
  const acceptances = publications.map(({ acceptedAt }) => acceptedAt).sort();
  return rejections
    .filter(({ rejectedAt }) => rejectedAt <= asOf)
    .map(({ submissionId, fileName, rejectedAt, errors }) => {
      const day = dayOf(rejectedAt);
      const isUrgent = isAwaited(rejectedAt, day, addDays(day, urgentDays));
      const acceptedAt = acceptances.find((at) => at > rejectedAt && at <= asOf);
      const name = fileName.slice(0, maxNameLength);
      return {
        kind: 'file-rejected',
        unit,
        subject: `${unit}:file:${submissionId}`,
        episode: rejectedAt,
        stages: [{ stage: 'rejected', at: rejectedAt, ...(isUrgent && { isUrgent }) }],
        ...(acceptedAt !== undefined && { closed: { at: acceptedAt, how: 'resolved' } }),
        reasonAt: ({ stage }) =>
          stage === 'rejected'
            ? {
                vi: `tệp “${name}” bị trả lại, ${errors} lỗi; số liệu trong tệp chưa được tính`,
                en: `the file “${name}” was sent back with ${errors} errors; none of its figures count`,
              }
            : { vi: 'đã có tệp khác được nhận', en: 'another file has been accepted since' },
      };
    });
}
