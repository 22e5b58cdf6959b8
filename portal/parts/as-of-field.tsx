import { useId } from 'preact/hooks';
import { type Instant, parseAsOf } from '../../shared/domain/calendar.ts';
import { useAsOf } from '../as-of.ts';
import { timeText } from '../format.ts';
import { useText } from '../language.ts';

/** Chooses the day whose end a page speaks of; empty is now. `shown` is the instant the answer speaks of. */
export function AsOfField({ shown }: { shown?: Instant | undefined }) {
  const text = useText();
  const id = useId();
  const { asOf, choose } = useAsOf();
  const onChange = ({ currentTarget: { value } }: { currentTarget: HTMLInputElement }) => {
    // While a year is being typed the field holds days of the first century.
    if (value === '' || parseAsOf(value) !== undefined) choose(value === '' ? undefined : value);
  };
  return (
    <div class="as-of-field">
      <label for={id}>{text({ vi: 'Tính đến hết ngày', en: 'As of the end of' })}</label>
      <input id={id} class="input" type="date" value={asOf ?? ''} onChange={onChange} />
      <span class="soft small" aria-live="polite">
        {shown &&
          (asOf === undefined
            ? text({ vi: `hiện tại, ${timeText(shown)}`, en: `now, ${timeText(shown)}` })
            : timeText(shown))}
      </span>
    </div>
  );
}
