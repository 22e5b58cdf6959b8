import { useMemo, useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { SilenceTarget } from '../../../shared/domain/silence.ts';
import { maxSilenceDays, type SilenceGrounds } from '../../../shared/domain/silencing.ts';
import { useLanguage, useText } from '../../language.ts';
import { ActForm } from '../../parts/act-form.tsx';
import { ChoiceField } from '../../parts/choice-field.tsx';
import { WordsField } from '../../parts/words-field.tsx';
import { useApi } from '../../session/session-context.ts';
import { keyOfTarget, targetChoices, targetKinds } from './silence-target.ts';
import { UntilField, usualDays } from './until-field.tsx';

/** Holds messages back about a unit, a task or to a person, of those that are the author's to keep quiet. */
export function SilenceForm({
  grounds,
  first,
  today,
  done,
  close,
}: {
  grounds: SilenceGrounds;
  /** What is chosen at first. */
  first?: SilenceTarget | undefined;
  today: Day;
  done(): void;
  close(): void;
}) {
  const text = useText();
  const language = useLanguage();
  const api = useApi();
  const choices = useMemo(() => targetChoices(grounds, language), [grounds, language]);
  const [key, setKey] = useState(first ? keyOfTarget(first) : '');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<Day | ''>(addDays(today, usualDays));
  const act = async () => {
    const target = choices.find((choice) => choice.key === key)?.target;
    if (!target) return;
    await callRoute(api, 'POST /silences', { body: { target, reason, until } });
    done();
  };
  return (
    <ActForm
      title={text({ vi: 'Tạm ngưng nhắc', en: 'Hold messages back' })}
      confirm={text({ vi: 'Tạm ngưng', en: 'Silence' })}
      act={act}
      close={close}
    >
      <p class="soft small">
        {text({
          vi: 'Tin nhắn cho người ở cấp của bạn và cấp dưới được giữ lại. Cảnh báo vẫn được ghi nhận đầy đủ trên trang này.',
          en: 'Messages to people at your level and below wait. The alerts themselves are still decided and shown here.',
        })}
      </p>
      <ChoiceField
        label={text({ vi: 'Tạm ngưng nhắc về', en: 'What to keep quiet' })}
        value={key}
        choose={setKey}
        required
      >
        <option value="">{text({ vi: '– hãy chọn –', en: '– choose –' })}</option>
        {targetKinds.map(({ kind, name }) => (
          <optgroup key={kind} label={text(name)}>
            {choices
              .filter(({ target }) => kind in target)
              .map((choice) => (
                <option key={choice.key} value={choice.key}>
                  {choice.name}
                </option>
              ))}
          </optgroup>
        ))}
      </ChoiceField>
      <WordsField label={text({ vi: 'Lý do', en: 'Why' })} value={reason} write={setReason} />
      <UntilField today={today} maxDays={maxSilenceDays} value={until} choose={setUntil} />
    </ActForm>
  );
}
