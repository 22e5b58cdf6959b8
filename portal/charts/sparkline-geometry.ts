import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { dayNumber } from './day-scale.ts';
import type { DatedFigure } from './figure-geometry.ts';

/** A small line in pixels. */
export interface SparklineLayout {
  path: string;
  end: { x: number; y: number } | null;
  targetY: number | null;
}

const edge = 4;

/** Places a trend in a small picture; one figure is a point in its middle, as is a trend without any change. */
export function layOutSparkline(
  figures: readonly DatedFigure[],
  target: number | null,
  width: number,
  height: number,
): SparklineLayout {
  const values = figures.map(({ value }) => Number(value));
  const shown = target === null ? values : [...values, target];
  const days = figures.map(({ day }) => dayNumber(day));
  const x = scaleLinear()
    .domain([Math.min(...days), Math.max(...days)])
    .range([edge, width - edge]);
  const y = scaleLinear()
    .domain([Math.min(...shown), Math.max(...shown)])
    .range([height - edge, edge]);
  const spots = figures.map((_, index) => ({ x: x(days[index] ?? 0), y: y(values[index] ?? 0) }));
  const path = line<{ x: number; y: number }>()
    .x((spot) => Math.round(spot.x * 10) / 10)
    .y((spot) => Math.round(spot.y * 10) / 10)(spots);
  return {
    path: path ?? '',
    end: spots.at(-1) ?? null,
    targetY: target === null || shown.length === 0 ? null : y(target),
  };
}
