import { useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { useText } from '../../language.ts';
import { ActForm } from '../../parts/act-form.tsx';
import { WordsField } from '../../parts/words-field.tsx';
import { useApi } from '../../session/session-context.ts';
import type { SubmissionAnswer } from './follow-submission.ts';

/** Takes a published submission back, for a reason that must be given. `done` hears which copies stay unpublished. */
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
  const [reason, setReason] = useState('');
  const withdraw = async () => {
    const inputs = { params: { id }, query: { unit }, body: { reason } };
    done((await callRoute(api, 'POST /submissions/{id}/withdraw', inputs)).body.unpublishedCopies);
  };
  return (
    <ActForm
      title={text({ vi: 'Rút lượt nộp này?', en: 'Withdraw this file?' })}
      confirm={text({ vi: 'Rút lượt nộp', en: 'Withdraw' })}
      isDanger
      act={withdraw}
      close={close}
    >
      <p>
        <bdi class="file-name">{fileName}</bdi>
      </p>
      <p>
        {text({
          vi: 'Từ khi rút, số liệu của tệp này không còn tính; số liệu trước đó mà tệp đã thay thế sẽ hiện lại. Tệp và lịch sử vẫn được lưu.',
          en: 'From then on its figures do not count; those it had replaced show again. File and history are kept.',
        })}
      </p>
      <WordsField
        label={text({ vi: 'Lý do (bắt buộc)', en: 'Reason (required)' })}
        hint={text({
          vi: 'Ví dụ: nộp nhầm tệp của tháng trước.',
          en: 'For instance: the file of the month before was sent by mistake.',
        })}
        value={reason}
        write={setReason}
      />
    </ActForm>
  );
}
