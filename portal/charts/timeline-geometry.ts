import { scaleLinear } from 'd3-scale';
import type { State } from '../../shared/domain/assessment.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { StateCounts } from '../../shared/domain/scoreboard.ts';
import { dayNumber } from './day-scale.ts';
import { presentStates } from './state-order.ts';

/** What falls due on one day, by state. */
export interface Deadline {
  day: Day;
  counts: Readonly<Partial<StateCounts>>;
}

/** One due date as a stack of states, in pixels. */
export interface TimelineBar {
  day: Day;
  x: number;
  top: number;
  total: number;
  parts: { state: State; count: number; y: number; height: number }[];
}

/** A timeline in pixels. `width` may be more than was asked for: then it scrolls. */
export interface TimelineLayout {
  width: number;
  bars: TimelineBar[];
  today: number;
  /** The days to come that are highlighted. */
  ahead: { left: number; right: number };
}

/** How many days to come are highlighted. */
export const daysAhead = 30;

/** Bars are at least this far apart, so that their days can be read and pressed. */
export const barGap = 52;
const sides = 32;
const minPartHeight = 3;

/**
 * Places due dates on an axis of time. Where days lie closer than their labels need, the axis is stretched there; the
 * order and today's place between them stay right. Heights are in proportion to counts.
 */
export function layOutTimeline(
  deadlines: readonly Deadline[],
  today: Day,
  width: number,
  plot: { top: number; bottom: number },
): TimelineLayout {
  const sorted = [...deadlines].sort((one, other) => (one.day < other.day ? -1 : 1));
  const needed = Math.max(width, 2 * sides + barGap * Math.max(0, sorted.length - 1));
  const last = addDays(today, daysAhead);
  const days = [...new Set([...sorted.map(({ day }) => day), today, last])].sort();
  const linear = scaleLinear()
    .domain([dayNumber(days[0] ?? today), dayNumber(days.at(-1) ?? last)])
    .range([sides, needed - sides]);
  const places = spreadOut(
    sorted.map(({ day }) => linear(dayNumber(day))),
    barGap,
    [sides, needed - sides],
  );
  const xOf = throughPlaces(
    sorted.map(({ day }, index) => [dayNumber(day), places[index] ?? 0]),
    linear,
  );
  const totals = sorted.map(({ counts }) => totalOf(counts));
  const heights = scaleLinear()
    .domain([0, Math.max(1, ...totals)])
    .range([0, plot.bottom - plot.top]);
  const bars = sorted.map(({ day, counts }, index): TimelineBar => {
    let y = plot.bottom;
    const parts = presentStates(counts).map(({ state, count }) => {
      const height = Math.max(minPartHeight, heights(count));
      y -= height;
      return { state, count, y, height };
    });
    return { day, x: places[index] ?? 0, top: y, total: totals[index] ?? 0, parts };
  });
  return {
    width: needed,
    bars,
    today: xOf(dayNumber(today)),
    ahead: { left: xOf(dayNumber(today)), right: xOf(dayNumber(last)) },
  };
}

/**
 * Moves places, in ascending order, apart until neighbours are `gap` apart, within the bounds, each as little as
 * one pass to the right and one back to the left allow. Bounds too narrow for all are overrun on the left.
 */
export function spreadOut(
  places: readonly number[],
  gap: number,
  [lowest, highest]: readonly [number, number],
): number[] {
  const moved: number[] = [];
  for (const place of places) moved.push(Math.max(place, (moved.at(-1) ?? lowest - gap) + gap));
  for (let index = moved.length - 1, bound = highest; index >= 0; index -= 1) {
    moved[index] = Math.min(moved[index] ?? bound, bound);
    bound = (moved[index] ?? bound) - gap;
  }
  return moved;
}

/** A scale that keeps to given places and is straight between them; beyond them it goes on as `linear` does. */
function throughPlaces(
  places: readonly (readonly [day: number, x: number])[],
  linear: (day: number) => number,
): (day: number) => number {
  return (day) => {
    const after = places.findIndex(([each]) => each >= day);
    const [before, next] = after < 0 ? [places.at(-1), undefined] : [places[after - 1], places[after]];
    if (next?.[0] === day) return next[1];
    if (before && next) {
      return scaleLinear().domain([before[0], next[0]]).range([before[1], next[1]])(day);
    }
    if (before) return Math.max(before[1] + 2, linear(day));
    if (next) return Math.min(next[1] - 2, linear(day));
    return linear(day);
  };
}

function totalOf(counts: Deadline['counts']): number {
  return presentStates(counts).reduce((total, { count }) => total + count, 0);
}
