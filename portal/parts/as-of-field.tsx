import { useId } from 'preact/hooks';
import { type Day, type Instant, parseAsOf } from '../../shared/domain/calendar.ts';
import { useAsOf } from '../as-of.ts';
import { timeText } from '../format.ts';
import { useText } from '../language.ts';
import { DayInput } from './day-input.tsx';

/** Chooses the day whose end a page speaks of; empty is now. `shown` is the instant the answer speaks of. */
export function AsOfField({ shown }: { shown?: Instant | undefined }) {
  const text = useText();
  const id = useId();
  const { asOf, choose } = useAsOf();
  const onDay = (day: Day | '') => {
    // The API answers for days of this century.
    if (day === '' || parseAsOf(day) !== undefined) choose(day === '' ? undefined : day);
  };
  return (
    <div class="as-of-field">
      <label for={id}>{text({ vi: 'Tính đến hết ngày', en: 'As of the end of' })}</label>
      <DayInput id={id} value={asOf ?? ''} choose={onDay} />
      <span class="soft small" aria-live="polite">
        {shown &&
          (asOf === undefined
            ? text({ vi: `hiện tại, ${timeText(shown)}`, en: `now, ${timeText(shown)}` })
            : timeText(shown))}
      </span>
    </div>
  );
}
