import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { addDays, type Day, daysBetween } from '../../shared/domain/calendar.ts';
import type { IndicatorKind, Target } from '../../shared/domain/catalogue.ts';
import type { Language } from '../language.ts';
import { dayNumber, dayScale, dayTicks } from './day-scale.ts';

/** A figure as a picture needs it: the day it speaks for, and its value as a decimal in plain notation. */
export interface DatedFigure {
  day: Day;
  value: string;
}

/** What a figure chart draws. */
export interface FigureSeries {
  kind: IndicatorKind;
  target: Target;
  /** One a day, in time order. */
  figures: readonly DatedFigure[];
  due: Day | null;
  /** The value projected to the due date, as the assessment says. */
  projection: string | null;
  today: Day;
}

interface Spot {
  x: number;
  y: number;
}

/** Where a value is written beside its point. */
export interface ValuePlace extends Spot {
  anchor: 'start' | 'end';
}

/** A figure chart in pixels. */
export interface FigureLayout {
  plot: { left: number; top: number; right: number; bottom: number };
  points: (Spot & { figure: DatedFigure })[];
  /** Where the value of the last point is written, and that of the projection. */
  values: { last: ValuePlace | null; projection: ValuePlace | null };
  /** The path through the points. */
  line: string;
  /** The dashed path from the last point to the projection. */
  projection: { path: string; end: Spot } | null;
  /** The line that must be reached, and for a range its high end above. */
  target: { y: number; highY: number | null };
  due: number | null;
  today: number;
  dayTicks: { x: number; label: string }[];
  valueTicks: { y: number; value: number }[];
}

const tickWidth = 64;
const valueSize = { width: 96, height: 18 };
const margin = { top: 44, right: 20, bottom: 28, pixelsPerDigit: 8 };
/** How much time is shown before the first figure, and after the last thing to see, in days. */
const marginDays = 5;
/** How far back the axis begins where nothing is reported. */
const emptyDays = 60;

/** Places everything a figure chart shows in a picture of this size. */
export function layOutFigures(
  series: FigureSeries,
  width: number,
  height: number,
  language: Language,
): FigureLayout {
  const values = scaleOfValues(series);
  const valueTicks = values.ticks(height < 220 ? 4 : 5);
  const digits = Math.max(...valueTicks.map((value) => Math.abs(value).toLocaleString('en').length), 3);
  const plot = {
    left: 16 + digits * margin.pixelsPerDigit,
    top: margin.top,
    right: width - margin.right,
    bottom: height - margin.bottom,
  };
  values.range([plot.bottom, plot.top]);
  const [first, last] = daysShown(series);
  const days = dayScale(first, last, [plot.left, plot.right]);
  const xOf = (day: Day) => days(dayNumber(day));
  const points = series.figures.map((figure) => ({
    x: xOf(figure.day),
    y: values(Number(figure.value)),
    figure,
  }));
  const { target, due, today } = series;
  const projection = layOutProjection(series, points.at(-1), xOf, values);
  return {
    plot,
    points,
    line: pathThrough(points),
    values: placeValues(points.slice(-2), projection?.end, plot, values(target.value)),
    projection,
    target: { y: values(target.value), highY: target.high === undefined ? null : values(target.high) },
    due: due === null ? null : xOf(due),
    today: xOf(today),
    dayTicks: dayTicks(first, last, Math.floor((plot.right - plot.left) / tickWidth), language).map(
      ({ day, label }) => ({ x: xOf(day), label }),
    ),
    valueTicks: valueTicks.map((value) => ({ y: values(value), value })),
  };
}

function layOutProjection(
  { figures, due, projection }: FigureSeries,
  from: Spot | undefined,
  xOf: (day: Day) => number,
  yOf: (value: number) => number,
): FigureLayout['projection'] {
  const lastDay = figures.at(-1)?.day;
  if (!from || lastDay === undefined || due === null || projection === null || due <= lastDay) return null;
  const end = { x: xOf(due), y: yOf(Number(projection)) };
  return { path: pathThrough([from, end]), end };
}

/** The values of the last point and of the projection; where they would touch, the former moves a line away. */
function placeValues(
  points: readonly Spot[],
  projected: Spot | undefined,
  plot: FigureLayout['plot'],
  targetY: number,
): FigureLayout['values'] {
  const point = points.at(-1);
  const last = point ? placeValue(point, points.at(-2), plot, targetY) : null;
  const projection = projected ? placeValue(projected, point, plot, targetY) : null;
  const isTouching =
    last &&
    projection &&
    Math.abs(last.x - projection.x) < valueSize.width &&
    Math.abs(last.y - projection.y) < valueSize.height;
  if (!isTouching) return { last, projection };
  const away = point && last.y < point.y ? -valueSize.height : valueSize.height;
  return { last: { ...last, y: projection.y + away }, projection };
}

/** Below the point, or above where the line comes from below and neither the target nor the top is near. */
function placeValue(
  { x, y }: Spot,
  from: Spot | undefined,
  plot: FigureLayout['plot'],
  targetY: number,
): ValuePlace {
  const isRight = x > (plot.left + plot.right) / 2;
  const hasRoom = y - plot.top > 28 && (targetY > y || y - targetY > 30);
  const isAbove = y > plot.bottom - 24 || (isRight && hasRoom && from !== undefined && from.y > y);
  return { x: isRight ? x - 4 : x + 4, y: isAbove ? y - 12 : y + 22, anchor: isRight ? 'end' : 'start' };
}

/** From the first to the last day shown, with some room at both ends. */
function daysShown({ figures, due, today }: FigureSeries): [Day, Day] {
  const shown = [...figures.map(({ day }) => day), today, ...(due === null ? [] : [due])].sort();
  const last = shown.at(-1) ?? today;
  const first = figures[0] ? (shown[0] ?? today) : addDays(shown[0] ?? today, -emptyDays);
  const room = Math.max(marginDays, Math.round(daysBetween(first, last) / 20));
  return [addDays(first, -room), addDays(last, room)];
}

/**
 * The values shown. Counts begin at 0; shares end at 100 and begin at 0 too, unless all that is shown lies in
 * the upper half: there differences of a few percent matter.
 */
function scaleOfValues({ kind, target, figures, projection }: FigureSeries) {
  const shown = [
    ...figures.map(({ value }) => Number(value)),
    target.value,
    ...(target.high === undefined ? [] : [target.high]),
    ...(projection === null ? [] : [Number(projection)]),
  ];
  const lowest = Math.min(...shown);
  const highest = Math.max(...shown);
  if (kind === 'percent' || kind === 'milestone') {
    const bottom = figures.length > 0 && lowest >= 50 ? Math.floor((lowest - 2) / 10) * 10 : 0;
    return scaleLinear()
      .domain([bottom, highest > 50 ? 100 : Math.min(100, highest * 1.25 || 1)])
      .nice(5);
  }
  return scaleLinear()
    .domain([Math.min(0, lowest), Math.max(0, highest * 1.1) || 1])
    .nice(5);
}

function pathThrough(spots: readonly Spot[]): string {
  return (
    line<Spot>()
      .x(({ x }) => round(x))
      .y(({ y }) => round(y))([...spots]) ?? ''
  );
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
