import type { State } from '../../shared/domain/assessment.ts';
import { stateOrder } from './state-order.ts';

/** What is drawn over the colour of a state in a tile of 8 by 8, so that areas read without colour. */
const tiles: Readonly<Record<State, string>> = {
  met: '',
  'met-late': 'M0 8 8 0M-2 2 2-2M6 10 10 6',
  'on-track': 'M0 4h8',
  unscheduled: 'M4 0v8',
  awaited: 'M2 2v.1M6 6v.1',
  'at-risk': 'M0 0 8 8M-2 6 2 10M6-2 10 2',
  overdue: 'M0 0 8 8M0 8 8 0',
};

interface Props {
  /** Keeps the ids of several pictures apart. */
  prefix: string;
  /** Those that are needed; all when not given. */
  states?: readonly State[];
  /** How many units of the picture a pixel is, so that patterns look alike in pictures of any size. */
  scale?: number;
}

/** The patterns of states, within a picture. */
export function StatePatterns({ prefix, states = stateOrder, scale = 1 }: Props) {
  return (
    <defs>
      {states.map((state) => (
        <pattern
          key={state}
          id={patternId(prefix, state)}
          class={`state-pattern state-${state}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${scale})`}
        >
          <rect width="8" height="8" />
          <path d={tiles[state]} />
        </pattern>
      ))}
    </defs>
  );
}

/** What fills an area with a state: `url(#map-overdue)`. */
export function patternFill(prefix: string, state: State): string {
  return `url(#${patternId(prefix, state)})`;
}

function patternId(prefix: string, state: State): string {
  return `${prefix}-${state}`;
}
