import { useId } from 'preact/hooks';
import { type State, stateNames } from '../../shared/domain/assessment.ts';
import { numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { StateMark, StateSymbol } from './state-mark.tsx';
import { patternFill, StatePatterns } from './state-patterns.tsx';

/** One state of a legend, and how many there are of it. */
export interface LegendEntry {
  state: State;
  count?: number;
}

interface Props {
  entries: readonly LegendEntry[];
  /** Whether the picture fills areas: their patterns are shown too. */
  hasPatterns?: boolean;
}

/** What the colours and symbols of a picture mean, each with its number. */
export function StateLegend({ entries, hasPatterns = false }: Props) {
  const language = useLanguage();
  const text = useText();
  const prefix = useId();
  return (
    <ul class="state-legend">
      {entries.map(({ state, count }) => (
        <li key={state}>
          {hasPatterns ? (
            <span class="state-mark">
              <svg class="state-swatch" viewBox="0 0 24 16" aria-hidden="true">
                <StatePatterns prefix={prefix} states={[state]} />
                <rect width="24" height="16" rx="3" fill={patternFill(prefix, state)} />
              </svg>
              <StateSymbol state={state} />
              <span class="state-name">{text(stateNames[state])}</span>
            </span>
          ) : (
            <StateMark state={state} />
          )}
          {count !== undefined && <strong class="state-count">{numberText(count, language)}</strong>}
        </li>
      ))}
    </ul>
  );
}
