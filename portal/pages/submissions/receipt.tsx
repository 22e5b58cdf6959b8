import { useState } from 'preact/hooks';
import { countFacts, outcomeFacts, requestFacts } from '../../../shared/domain/receipt.ts';
import { isSettled, isUnpublishedCopy } from '../../../shared/domain/submission.ts';
import { DetectedFile } from '../../findings/detected-file.tsx';
import { IssueList } from '../../findings/issue-list.tsx';
import { useText } from '../../language.ts';
import { Answered } from '../../parts/answered.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useSession } from '../../session/session-context.ts';
import { useAnswer } from '../../use-answer.ts';
import { Downloads } from './downloads.tsx';
import type { SubmissionAnswer } from './follow-submission.ts';
import { OutcomeNotice } from './outcome-notice.tsx';
import { ReceiptFacts } from './receipt-facts.tsx';
import { useSubmission } from './use-submission.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** The receipt of a submission, live until it has its outcome: what became of it, what was found, its files. */
export function Receipt({ unit, id }: { unit: string; id: string }) {
  const { submission, isReachable, fault, reload } = useSubmission(unit, id);
  if (fault !== undefined) return <Fault fault={fault} retry={reload} />;
  if (!submission) return <Loading />;
  return (
    <div class="stack">
      <p>
        <bdi class="file-name">{submission.fileName}</bdi>
      </p>
      <OutcomeNotice submission={submission} isReachable={isReachable} />
      {isSettled(submission.state) ? (
        <Settled submission={submission} reload={reload} />
      ) : (
        <>
          <ReceiptFacts unit={unit} facts={[...requestFacts(submission), ...outcomeFacts(submission, [])]} />
          <Downloads submission={submission} file={undefined} />
        </>
      )}
    </div>
  );
}

function Settled({ submission, reload }: { submission: SubmissionAnswer; reload(): void }) {
  const text = useText();
  const { id, unit } = submission;
  const asked = useAnswer('GET /submissions/{id}/issues', { params: { id }, query: { unit } });
  return (
    <Answered of={asked}>
      {({ file, issues, issueCounts }) => (
        <div class="stack">
          {Object.keys(issueCounts).length > 0 && (
            <section class="stack-tight">
              <h2>{text({ vi: 'Lỗi và cảnh báo', en: 'Errors and warnings' })}</h2>
              <IssueList issues={issues} issueCounts={issueCounts} isJson={file?.format === 'json'} />
            </section>
          )}
          <section class="stack-tight">
            <h2>{text({ vi: 'Tải về', en: 'Downloads' })}</h2>
            <Downloads submission={submission} file={file} />
          </section>
          <section class="stack-tight">
            <h2>{text({ vi: 'Biên nhận', en: 'Receipt' })}</h2>
            <ReceiptFacts
              unit={unit}
              facts={[
                ...outcomeFacts(submission, issues),
                ...countFacts(submission),
                ...requestFacts(submission),
              ]}
            />
            {submission.withdrawnBy !== undefined && <WithdrawnBy subject={submission.withdrawnBy} />}
            {file && <DetectedFile file={file} />}
          </section>
          <Withdrawal submission={submission} reload={reload} />
        </div>
      )}
    </Answered>
  );
}

function WithdrawnBy({ subject }: { subject: string }) {
  const text = useText();
  const { viewer } = useSession();
  const isViewer = viewer.subject === subject;
  return (
    <dl class="facts">
      <dt>{text({ vi: 'Người rút', en: 'Withdrawn by' })}</dt>
      <dd>{isViewer ? text({ vi: 'bạn', en: 'you' }) : <code>{subject}</code>}</dd>
    </dl>
  );
}

/** Offered to the unit itself and to coordinators; the API decides within whose scope a unit is. */
function Withdrawal({ submission, reload }: { submission: SubmissionAnswer; reload(): void }) {
  const text = useText();
  const { viewer } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const [copies, setCopies] = useState<readonly string[]>([]);
  const isWithdrawable =
    submission.state === 'accepted' && submission.withdrawnAt === undefined && !isUnpublishedCopy(submission);
  const mayAsk = viewer.role === 'province' || viewer.role === 'coordinator';
  return (
    <>
      {copies.length > 0 && (
        <Notice
          kind="warning"
          title={text({ vi: 'Còn bản sao của tệp này', en: 'There are copies of this file' })}
        >
          <p>
            {text({
              vi: `Các lượt nộp ${copies.join(', ')} có cùng nội dung nhưng không công bố gì; muốn tính lại thì phải nộp lại tệp.`,
              en: `The submissions ${copies.join(', ')} have the same content but publish nothing; send the file again if it is to count.`,
            })}
          </p>
        </Notice>
      )}
      {isWithdrawable && mayAsk && (
        <p>
          <button type="button" class="button danger" onClick={() => setIsOpen(true)}>
            {text({ vi: 'Rút lượt nộp…', en: 'Withdraw…' })}
          </button>
        </p>
      )}
      {isOpen && (
        <WithdrawDialog
          submission={submission}
          close={() => setIsOpen(false)}
          done={(unpublished) => {
            setCopies(unpublished);
            setIsOpen(false);
            reload();
          }}
        />
      )}
    </>
  );
}
