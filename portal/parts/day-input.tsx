import { useEffect, useRef, useState } from 'preact/hooks';
import { type Day, isDay } from '../../shared/domain/calendar.ts';
import { dayText } from '../format.ts';
import { useText } from '../language.ts';

/** A day as people type it: `30/06/2022`, `30.6.2022`, also `2022-06-30`; `undefined` for anything else. */
export function readDay(typed: string): Day | undefined {
  const [, date, month, year] = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/.exec(typed.trim()) ?? [];
  const day =
    year && month && date ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : typed.trim();
  return isDay(day) ? day : undefined;
}

/**
 * A day, typed as dd/mm/yyyy in every browser, or taken from the browser's own calendar. `choose` is told of each day
 * that is written out, and of the field being emptied.
 */
export function DayInput({
  value,
  choose,
  min,
  max,
  ...attributes
}: {
  id: string;
  value: Day | '';
  choose(day: Day | ''): void;
  min?: Day;
  max?: Day;
  required?: boolean;
  'aria-describedby'?: string;
}) {
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const calendar = useRef<HTMLInputElement>(null);
  const [typed, type] = useState(value === '' ? '' : dayText(value));
  useEffect(() => type(value === '' ? '' : dayText(value)), [value]);

  const faultOf = (written: string): string => {
    if (written.trim() === '') return '';
    const day = readDay(written);
    if (day === undefined)
      return text({ vi: 'Hãy ghi ngày như 30/06/2022.', en: 'Write a day such as 30/06/2022.' });
    const isOut = (min !== undefined && day < min) || (max !== undefined && day > max);
    return isOut
      ? text({
          vi: `Hãy chọn ngày ${[min && `từ ${dayText(min)}`, max && `đến ${dayText(max)}`].filter(Boolean).join(' ')}.`,
          en: `Choose a day ${[min && `from ${dayText(min)}`, max && `to ${dayText(max)}`].filter(Boolean).join(' ')}.`,
        })
      : '';
  };
  const onInput = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    type(currentTarget.value);
    currentTarget.setCustomValidity(faultOf(currentTarget.value));
    const day = readDay(currentTarget.value);
    if (day !== undefined) choose(day);
    else if (currentTarget.value.trim() === '') choose('');
  };
  return (
    <span class="day-input">
      <input
        {...attributes}
        ref={field}
        class="input"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        placeholder="dd/mm/yyyy"
        value={typed}
        onInput={onInput}
      />
      <button
        type="button"
        class="button"
        aria-label={text({ vi: 'Chọn trên lịch', en: 'Choose on a calendar' })}
        onClick={() => calendar.current?.showPicker()}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="day-icon">
          <path d="M2 4.5h12v9.5H2zM2 7.5h12M5 2v3.5M11 2v3.5" />
        </svg>
      </button>
      <input
        ref={calendar}
        class="day-calendar"
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        onChange={({ currentTarget }) => {
          field.current?.setCustomValidity('');
          choose(currentTarget.value);
        }}
      />
    </span>
  );
}
