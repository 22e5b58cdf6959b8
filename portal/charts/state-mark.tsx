import { type State, stateNames } from '../../shared/domain/assessment.ts';
import { useText } from '../language.ts';

/**
 * The symbol of a state on its colour: one element, so that a table of thousands is quick; `state-mark.css` draws it.
 * Says nothing to screen readers: its name stands beside it.
 */
export function StateSymbol({ state }: { state: State }) {
  return <span class={`state-symbol state-${state}`} aria-hidden="true" />;
}

/** A state: its symbol on its colour, and its name, which `isNameHidden` leaves to screen readers alone. */
export function StateMark({ state, isNameHidden = false }: { state: State; isNameHidden?: boolean }) {
  const text = useText();
  return (
    <span class="state-mark">
      <StateSymbol state={state} />
      <span class={isNameHidden ? 'visually-hidden' : 'state-name'}>{text(stateNames[state])}</span>
    </span>
  );
}
