import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { dayText } from '../../format.ts';
import { useText } from '../../language.ts';
import { DayInput } from '../../parts/day-input.tsx';
import { Field } from '../../parts/field.tsx';

/** How long an acknowledgement or a silence lasts unless somebody says otherwise, in days. */
export const usualDays = 7;

/** The last day of something that may last from today for so many days. */
export function UntilField({
  today,
  maxDays,
  value,
  choose,
}: {
  today: Day;
  maxDays: number;
  value: Day | '';
  choose(day: Day | ''): void;
}) {
  const text = useText();
  const lastDay = addDays(today, maxDays);
  return (
    <Field
      label={text({ vi: 'Đến hết ngày', en: 'Until the end of' })}
      hint={text({ vi: `Chậm nhất ${dayText(lastDay)}.`, en: `${dayText(lastDay)} at the latest.` })}
    >
      {(attributes) => (
        <DayInput {...attributes} required min={today} max={lastDay} value={value} choose={choose} />
      )}
    </Field>
  );
}
