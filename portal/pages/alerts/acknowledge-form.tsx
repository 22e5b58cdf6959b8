import { useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { maxAcknowledgementDays } from '../../../shared/domain/acknowledgement.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { useText } from '../../language.ts';
import { ActForm } from '../../parts/act-form.tsx';
import { WordsField } from '../../parts/words-field.tsx';
import { useApi } from '../../session/session-context.ts';
import { AlertMatter } from './alert-facts.tsx';
import type { AlertItem } from './alert-list.ts';
import { UntilField, usualDays } from './until-field.tsx';

/** Takes note of an alert: what will be done about it, and until when. */
export function AcknowledgeForm({
  alert,
  today,
  done,
  close,
}: {
  alert: AlertItem;
  today: Day;
  done(): void;
  close(): void;
}) {
  const text = useText();
  const api = useApi();
  const [comment, setComment] = useState('');
  const [until, setUntil] = useState<Day | ''>(addDays(today, usualDays));
  const act = async () => {
    await callRoute(api, 'POST /alerts/{id}/acknowledge', {
      params: { id: alert.id },
      body: { comment, until },
    });
    done();
  };
  return (
    <ActForm
      title={text({ vi: 'Ghi nhận cảnh báo', en: 'Acknowledge the alert' })}
      confirm={text({ vi: 'Ghi nhận', en: 'Acknowledge' })}
      act={act}
      close={close}
    >
      <p>
        <AlertMatter alert={alert} />
      </p>
      <p class="soft small">
        {text({
          vi: 'Nhắc nhở tạm dừng đến hết ngày ghi dưới đây. Việc chuyển lên cấp trên chỉ dừng khi người ghi nhận ở cấp đó hoặc cao hơn.',
          en: 'Reminders wait until the end of the day below. An escalation stops only for somebody at its level or above.',
        })}
      </p>
      <WordsField
        label={text({ vi: 'Sẽ làm gì', en: 'What will be done' })}
        hint={text({
          vi: 'Được lưu lại cùng tên đơn vị của bạn.',
          en: 'It is kept with the name of your unit.',
        })}
        value={comment}
        write={setComment}
      />
      <UntilField today={today} maxDays={maxAcknowledgementDays} value={until} choose={setUntil} />
    </ActForm>
  );
}
