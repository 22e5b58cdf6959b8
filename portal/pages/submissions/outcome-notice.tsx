import { isUnpublishedCopy } from '../../../shared/domain/submission.ts';
import { timeText } from '../../format.ts';
import { useText } from '../../language.ts';
import { Notice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import type { SubmissionAnswer } from './follow-submission.ts';

/** What became of a submission, in a sentence, and what to do next; while it is checked, how far that is. */
export function OutcomeNotice({
  submission,
  isReachable,
}: {
  submission: SubmissionAnswer;
  isReachable: boolean;
}) {
  const text = useText();
  const { state, acceptedAt, withdrawnAt, withdrawalReason, progress } = submission;
  if (withdrawnAt !== undefined) {
    return (
      <Notice
        title={text({
          vi: `Đã rút lúc ${timeText(withdrawnAt)}`,
          en: `Withdrawn at ${timeText(withdrawnAt)}`,
        })}
      >
        <p>
          {text({
            vi: 'Số liệu của tệp này không còn tính. Lý do: ',
            en: 'Its figures do not count. Reason: ',
          })}
          <bdi>{withdrawalReason}</bdi>
        </p>
      </Notice>
    );
  }
  switch (state) {
    case 'requested':
    case 'received':
    case 'checking':
      return (
        <div class="card stack-tight" role="status">
          <Progress
            label={
              state === 'requested'
                ? text({ vi: 'Đang chờ tệp tải lên', en: 'Waiting for the file' })
                : text({
                    vi: 'Hệ thống đã nhận tệp và đang kiểm tra',
                    en: 'The file has arrived and is being checked',
                  })
            }
            {...(progress && { share: progress.bytes / progress.ofBytes })}
          />
          {!isReachable && (
            <p>
              {text({
                vi: 'Mất kết nối. Trang này sẽ tự cập nhật khi có mạng trở lại; tệp đã nhận không bị mất.',
                en: 'No connection. This page asks again by itself; a file that has arrived is not lost.',
              })}
            </p>
          )}
        </div>
      );
    case 'accepted':
      return isUnpublishedCopy(submission) ? (
        <Notice
          kind="warning"
          title={text({ vi: 'Hợp lệ, nhưng không có gì mới', en: 'Accepted, but nothing new' })}
        >
          <p>
            {text({
              vi: 'Tệp giống hệt một tệp đã nộp và vẫn còn hiệu lực, nên không công bố lại.',
              en: 'It is the same as a file sent before that still counts, so it is not published again.',
            })}
          </p>
        </Notice>
      ) : (
        <Notice
          kind="success"
          title={text({
            vi: 'Hợp lệ: số liệu đã được công bố',
            en: 'Accepted: the figures are published',
          })}
        >
          <p>
            {acceptedAt &&
              text({
                vi: `Công bố lúc ${timeText(acceptedAt)}.`,
                en: `Published at ${timeText(acceptedAt)}.`,
              })}{' '}
            {text({ vi: 'Không cần làm gì thêm.', en: 'There is nothing more to do.' })}
          </p>
        </Notice>
      );
    case 'rejected':
      return (
        <Notice
          kind="danger"
          title={text({ vi: 'Bị từ chối: tệp có lỗi', en: 'Rejected: the file has errors' })}
        >
          <p>
            {text({
              vi: 'Không số liệu nào được ghi. Hãy sửa các chỗ nêu dưới đây rồi nộp lại.',
              en: 'No figure was recorded. Mend the places named below and send the file again.',
            })}
          </p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice kind="warning" title={text({ vi: 'Hệ thống gặp lỗi', en: 'The system has a fault' })}>
          <p>
            {text({
              vi: 'Lỗi này không phải do bạn. Tệp đã được giữ lại và sẽ được kiểm tra lại; không cần nộp lại.',
              en: 'The fault is ours. The file is kept and will be checked again; there is no need to send it again.',
            })}
          </p>
        </Notice>
      );
    case 'expired':
      return (
        <Notice
          kind="warning"
          title={text({ vi: 'Tệp chưa được tải lên', en: 'The file was never uploaded' })}
        >
          <p>{text({ vi: 'Hãy nộp lại tệp.', en: 'Send the file again.' })}</p>
        </Notice>
      );
  }
}
