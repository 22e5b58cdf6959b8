import { useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import type { Day } from '../../../shared/domain/calendar.ts';
import { useText } from '../../language.ts';
import { ActForm } from '../../parts/act-form.tsx';
import { DayInput } from '../../parts/day-input.tsx';
import { Field } from '../../parts/field.tsx';
import { WordsField } from '../../parts/words-field.tsx';
import { useApi } from '../../session/session-context.ts';

/** Sets, changes or withdraws the due date an obligation has by plan, with the reason. */
export function DueForm({
  id,
  isWithdrawal,
  due: first,
  done,
  close,
}: {
  id: string;
  isWithdrawal: boolean;
  due: Day;
  done(): void;
  close(): void;
}) {
  const text = useText();
  const api = useApi();
  const [due, setDue] = useState<Day | ''>(first);
  const [reason, setReason] = useState('');
  const act = async () => {
    await callRoute(api, 'PUT /obligations/{id}/due', {
      params: { id },
      body: { due: isWithdrawal ? null : due, reason },
    });
    done();
  };
  const title = isWithdrawal
    ? { vi: 'Bỏ thời hạn theo kế hoạch', en: 'Withdraw the due date' }
    : { vi: 'Đặt thời hạn theo kế hoạch', en: 'Set the due date' };
  return (
    <ActForm
      title={text(title)}
      confirm={text(
        isWithdrawal ? { vi: 'Bỏ thời hạn', en: 'Withdraw' } : { vi: 'Lưu thời hạn', en: 'Save' },
      )}
      isDanger={isWithdrawal}
      act={act}
      close={close}
    >
      {!isWithdrawal && (
        <Field label={text({ vi: 'Đến hạn ngày', en: 'Due on' })}>
          {(attributes) => <DayInput {...attributes} required value={due} choose={setDue} />}
        </Field>
      )}
      <WordsField
        label={text({ vi: 'Lý do', en: 'Why' })}
        hint={text({
          vi: 'Ví dụ số kế hoạch; được lưu lại.',
          en: 'Such as the number of the plan; it is kept.',
        })}
        value={reason}
        write={setReason}
      />
    </ActForm>
  );
}
