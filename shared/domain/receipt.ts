import type { Instant } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { Issue } from './issue.ts';
import { isUnpublishedCopy, type Submission, type SubmissionState } from './submission.ts';

/** The states of a submission as people read them. */
const submissionStateNames: Readonly<Record<SubmissionState, Bilingual>> = {
  requested: { vi: 'chờ tải lên', en: 'waiting for the upload' },
  received: { vi: 'đã nhận tệp', en: 'received' },
  checking: { vi: 'đang kiểm tra', en: 'being checked' },
  accepted: { vi: 'hợp lệ', en: 'accepted' },
  rejected: { vi: 'bị từ chối', en: 'rejected' },
  failed: { vi: 'lỗi hệ thống, tệp được giữ lại', en: 'our fault, the file is kept' },
  expired: { vi: 'hết hạn tải lên', en: 'never uploaded' },
};

/** The state of a submission as people read it; one that was taken back is withdrawn, whatever it was before. */
export function stateText({ state, withdrawnAt }: Pick<Submission, 'state' | 'withdrawnAt'>): Bilingual {
  return withdrawnAt === undefined ? submissionStateNames[state] : { vi: 'đã rút', en: 'withdrawn' };
}

/** One line of a receipt. How instants, sizes and counts are written is up to whoever shows it. */
export type ReceiptFact = { label: Bilingual } & (
  | { kind: 'text'; text: string }
  | { kind: 'instant'; at: Instant }
  | { kind: 'bytes' | 'count'; count: number }
  /** It published nothing, being the same, byte for byte, as this submission. */
  | { kind: 'copy'; of: string }
);

/** What a receipt says before anything came of the submission: its number, the file's SHA-256 and size, the times. */
export function requestFacts({ id, sha256, bytes, requestedAt, receivedAt }: Submission): ReceiptFact[] {
  return [
    { label: { vi: 'Mã lượt nộp', en: 'id' }, kind: 'text', text: id },
    { label: { vi: 'SHA-256', en: 'SHA-256' }, kind: 'text', text: sha256 },
    { label: { vi: 'Dung lượng', en: 'size' }, kind: 'bytes', count: bytes },
    { label: { vi: 'Yêu cầu', en: 'requested' }, kind: 'instant', at: requestedAt },
    ...instantFact({ vi: 'Nhận', en: 'received' }, receivedAt),
  ];
}

/** What a receipt says of what came of the submission: when it was published, taken back, refused or failed. */
export function outcomeFacts(submission: Submission, issues: readonly Issue[]): ReceiptFact[] {
  const { rejectedAt, failedAt, withdrawnAt, withdrawalReason } = submission;
  return [
    ...publicationFacts(submission, issues),
    ...instantFact({ vi: 'Rút', en: 'withdrawn' }, withdrawnAt),
    ...textFact({ vi: 'Lý do rút', en: 'reason' }, withdrawalReason),
    ...instantFact({ vi: 'Từ chối', en: 'rejected' }, rejectedAt),
    ...instantFact({ vi: 'Gặp lỗi', en: 'failed' }, failedAt),
  ];
}

/** What a receipt says of how much was read in the file. */
export function countFacts({ rows, observations }: Pick<Submission, 'rows' | 'observations'>): ReceiptFact[] {
  return [
    ...countFact({ vi: 'Dòng số liệu', en: 'rows' }, rows),
    ...countFact({ vi: 'Không lỗi', en: 'without error' }, observations),
  ];
}

/** When it was published; or, where that did not happen, of which submission it is a copy. */
function publicationFacts(submission: Submission, issues: readonly Issue[]): ReceiptFact[] {
  const { acceptedAt } = submission;
  if (!isUnpublishedCopy(submission)) return instantFact({ vi: 'Công bố', en: 'published' }, acceptedAt);
  const first = issues.find(({ code }) => code === 'submission-identical')?.value ?? '';
  return [
    ...instantFact({ vi: 'Hợp lệ', en: 'accepted' }, acceptedAt),
    { label: { vi: 'Trùng', en: 'a copy' }, kind: 'copy', of: first },
  ];
}

function instantFact(label: Bilingual, at: Instant | undefined): ReceiptFact[] {
  return at === undefined ? [] : [{ label, kind: 'instant', at }];
}

function textFact(label: Bilingual, text: string | undefined): ReceiptFact[] {
  return text === undefined ? [] : [{ label, kind: 'text', text }];
}

function countFact(label: Bilingual, count: number | undefined): ReceiptFact[] {
  return count === undefined ? [] : [{ label, kind: 'count', count }];
}
