import { stateNames } from '../../shared/domain/assessment.ts';
import type { StateCounts } from '../../shared/domain/scoreboard.ts';
import { numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { StateLegend } from './state-legend.tsx';
import { StateSymbol } from './state-mark.tsx';
import { presentStates } from './state-order.ts';

interface Props {
  counts: Readonly<Partial<StateCounts>>;
  /** What is counted, for screen readers: the name of a unit, or of the nation. */
  label: string;
  /** A thin bar without its legend, for lists; its numbers are in its accessible name. */
  isCompact?: boolean;
}

/** How many obligations are in each state, as one bar. */
export function StateBar({ counts, label, isCompact = false }: Props) {
  const language = useLanguage();
  const text = useText();
  const entries = presentStates(counts);
  const spoken = entries.map(
    ({ state, count }) => `${numberText(count, language)} ${text(stateNames[state])}`,
  );
  const none = text({ vi: 'không có', en: 'none' });
  return (
    <div class={isCompact ? 'state-bar is-compact' : 'state-bar'}>
      <div class="state-bar-track" role="img" aria-label={`${label}: ${spoken.join(', ') || none}`}>
        {entries.map(({ state, count }) => (
          <span key={state} class={`state-bar-part state-${state}`} style={{ flexGrow: count }}>
            <StateSymbol state={state} />
          </span>
        ))}
      </div>
      {!isCompact && <StateLegend entries={entries} />}
    </div>
  );
}
