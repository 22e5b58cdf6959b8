import { scaleLinear } from 'd3-scale';

/** A bar as shares of its track, in percent from the left. */
export interface BarSpan {
  left: number;
  width: number;
}

/** Places values on one scale that holds 0: bars to its right, and to its left those below 0. */
export function layOutBars(values: readonly number[]): { bars: BarSpan[]; zero: number } {
  const place = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(0, ...values)])
    .range([0, 100]);
  const zero = values.some((value) => value !== 0) ? place(0) : 0;
  const bars = values.map((value) => {
    const end = value === 0 ? zero : place(value);
    return { left: Math.min(zero, end), width: Math.abs(end - zero) };
  });
  return { bars, zero };
}
