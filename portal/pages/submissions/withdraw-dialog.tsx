import { useEffect, useRef, useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { useText } from '../../language.ts';
import { Fault } from '../../parts/fault.tsx';
import { useApi } from '../../session/session-context.ts';
import type { SubmissionAnswer } from './follow-submission.ts';

const maxReasonCharacters = 500;

/** Takes a published submission back, for a reason that must be given. `done` hears how many copies stay unpublished. */
export function WithdrawDialog({
  submission: { id, unit, fileName },
  close,
  done,
}: {
  submission: SubmissionAnswer;
  close(): void;
  done(unpublishedCopies: readonly string[]): void;
}) {
  const text = useText();
  const api = useApi();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState<unknown>();
  useEffect(() => dialog.current?.showModal(), []);

  const withdraw = async () => {
    const body = { reason: reason.trim() };
    setIsMissing(body.reason === '');
    if (body.reason === '') return;
    setIsSending(true);
    setFault(undefined);
    try {
      const answer = await callRoute(api, 'POST /submissions/{id}/withdraw', {
        params: { id },
        query: { unit },
        body,
      });
      done(answer.body.unpublishedCopies);
    } catch (error) {
      setFault(error);
      setIsSending(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby="withdraw-title" onClose={close}>
      <form
        class="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          void withdraw();
        }}
      >
        <h2 id="withdraw-title">{text({ vi: 'Rút lượt nộp này?', en: 'Withdraw this file?' })}</h2>
        <p>
          {text({
            vi: 'Từ khi rút, số liệu của tệp này không còn tính; số liệu trước đó mà tệp đã thay thế sẽ hiện lại. Tệp và lịch sử vẫn được lưu.',
            en: 'From then on its figures do not count; those it had replaced show again. File and history are kept.',
          })}
        </p>
        <p>
          <bdi class="file-name">{fileName}</bdi>
        </p>
        <div class="field">
          <label for="withdraw-reason">{text({ vi: 'Lý do (bắt buộc)', en: 'Reason (required)' })}</label>
          <textarea
            id="withdraw-reason"
            rows={3}
            maxLength={maxReasonCharacters}
            value={reason}
            aria-invalid={isMissing}
            aria-describedby="withdraw-hint"
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <p id="withdraw-hint" class={isMissing ? 'wrong' : 'hint'}>
            {isMissing
              ? text({ vi: 'Hãy ghi lý do rút.', en: 'Say why it is withdrawn.' })
              : text({
                  vi: 'Ví dụ: nộp nhầm tệp của tháng trước.',
                  en: 'For instance: the file of the month before was sent by mistake.',
                })}
          </p>
        </div>
        {fault !== undefined && <Fault fault={fault} />}
        <div class="row">
          <button type="submit" class="button danger" disabled={isSending}>
            {isSending
              ? text({ vi: 'Đang rút…', en: 'Withdrawing…' })
              : text({ vi: 'Rút lượt nộp', en: 'Withdraw' })}
          </button>
          <button type="button" class="button quiet" onClick={() => dialog.current?.close()}>
            {text({ vi: 'Không rút', en: 'Keep it' })}
          </button>
        </div>
      </form>
    </dialog>
  );
}
