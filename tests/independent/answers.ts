import { dueBefore, type IndicatorText, indicators, type Occurrence, unitIds } from './directive.ts';
import { asAtOf, figuresOf, type Reported, type ReportedRow, type Sent, vietnamDay } from './sample-files.ts';

/**
 * The saved queries computed another way: from the sample files as another parser reads them and from the second
 * reading of the directive. Nothing here comes from `shared/`. Rows hold text, decimals without needless zeros.
 */
export type Answer = Readonly<Record<string, string>>[];

/** Files known at the end of a day: a file is published in the minute in which it is received. */
function sentBy(sent: readonly Sent[], day: string): Sent[] {
  return sent.filter(({ receivedAt }) => vietnamDay(receivedAt) <= day);
}

const keyOf = ({ unit, indicator, period, asAt }: Reported) => `${unit} ${indicator} ${period} ${asAt}`;

/** The point of each key: the figure of the latest file. */
function currentPoints(sent: readonly Sent[]): Reported[] {
  const points = new Map<string, Reported>();
  for (const figure of sent.flatMap(figuresOf)) points.set(keyOf(figure), figure);
  return [...points.values()];
}

const periodLength = (period: string) =>
  period.length === 10 ? 1 : period.length === 4 ? 12 : period.includes('Q') ? 3 : 1.5;

/** The figure that counts of several for one thing: of the latest day, the latest file, the shortest period. */
function latest<T extends Pick<Reported, 'asAt' | 'order' | 'period'>>(figures: readonly T[]): T | undefined {
  return figures.toSorted(
    (a, b) =>
      (a.asAt < b.asAt ? 1 : a.asAt > b.asAt ? -1 : 0) ||
      b.order - a.order ||
      periodLength(a.period) - periodLength(b.period),
  )[0];
}

export function knownOn(sent: readonly Sent[], day: string): Answer {
  return currentPoints(sentBy(sent, day)).map((figure) => ({
    unit_id: figure.unit,
    indicator_id: figure.indicator,
    period: figure.period,
    as_at: figure.asAt,
    numerator: String(figure.numerator ?? ''),
    denominator: String(figure.denominator ?? ''),
    value: figureText(figure),
    completed_on: figure.completedOn ?? '',
    areas: String(figure.areas),
  }));
}

export function nationalPercentage(sent: readonly Sent[], day: string): Answer {
  const points = Map.groupBy(currentPoints(sentBy(sent, day)), ({ indicator }) => indicator);
  return indicators.flatMap(({ id, kind, threshold }) => {
    const ofIndicator = Map.groupBy(points.get(id) ?? [], ({ unit }) => unit);
    const counted = [...ofIndicator.values()].flatMap((figures) => latest(figures) ?? []);
    if (kind !== 'percent' || counted.length === 0) return [];
    const sum = (pick: (figure: Reported) => bigint | undefined) =>
      counted.reduce((total, figure) => total + (pick(figure) ?? 0n), 0n);
    const numerator = sum((figure) => figure.numerator);
    const denominator = sum((figure) => figure.denominator);
    const isWeighted = denominator > 0n;
    const values = counted.map(figureText).toSorted((a, b) => Number(a) - Number(b));
    return [
      {
        indicator_id: id,
        units: String(counted.length),
        units_with_denominator: String(counted.filter((figure) => figure.denominator !== undefined).length),
        numerator: isWeighted ? String(numerator) : '',
        denominator: isWeighted ? String(denominator) : '',
        percentage: isWeighted ? decimal((10_000n * numerator) / denominator, 2) : '',
        lowest: values.at(0) ?? '',
        highest: values.at(-1) ?? '',
        threshold: String(threshold),
      },
    ];
  });
}

export function overdueByBody(sent: readonly Sent[], day: string): Answer {
  const points = Map.groupBy(
    currentPoints(sentBy(sent, day)),
    ({ unit, indicator }) => `${unit} ${indicator}`,
  );
  const overdue = indicators.flatMap((indicator) =>
    (indicator.owner === '*' ? unitIds : [indicator.owner]).flatMap((unit) =>
      dueBefore(indicator, day)
        .filter((occurrence) => !isMet(indicator, occurrence, points.get(`${unit} ${indicator.id}`) ?? []))
        .map(({ due }) => ({
          unit,
          ref: indicator.ref,
          bodies: indicator.bodies,
          days: daysBetween(due, day),
        })),
    ),
  );
  const byBody = Map.groupBy(
    overdue.flatMap(({ bodies, ...one }) =>
      (bodies.length > 0 ? bodies : ['']).map((body) => ({ body, ...one })),
    ),
    ({ body }) => body,
  );
  return [...byBody].map(([body, ones]) => ({
    assessed_on: day,
    body,
    overdue: String(ones.length),
    units: String(new Set(ones.map(({ unit }) => unit)).size),
    tasks: String(new Set(ones.map(({ ref }) => ref)).size),
    longest_days: String(Math.max(...ones.map(({ days }) => days))),
  }));
}

/** Whether the figure that counts by the due date reaches the target, or the one that counts now. */
function isMet(
  indicator: IndicatorText,
  { due, from, to }: Occurrence,
  points: readonly Reported[],
): boolean {
  const counted = points.filter(({ asAt }) => asAt >= from && asAt <= to);
  const inTime = latest(counted.filter(({ asAt }) => asAt <= due));
  const now = latest(counted);
  return [inTime, now].some((figure) => figure !== undefined && reaches(indicator, figure));
}

function reaches(
  { op, threshold }: IndicatorText,
  figure: Pick<Reported, 'numerator' | 'denominator' | 'value'>,
) {
  // In ten-thousandths, so that fractions of a percent are whole numbers.
  const scale = 10_000n;
  const needed = BigInt(Math.round((op === 'about' ? 0.9 : 1) * threshold * Number(scale)));
  const { numerator, denominator, value = '0' } = figure;
  const [reached, wanted] =
    numerator !== undefined && denominator !== undefined
      ? [numerator * 100n * scale, needed * denominator]
      : [BigInt(Math.round(Number(value) * Number(scale))), needed];
  return op === 'more-than' ? reached > wanted : reached >= wanted;
}

export function laggingCommunes(sent: readonly Sent[]): Answer {
  const points = new Set(currentPoints(sent).map((figure) => `${keyOf(figure)} ${figure.order}`));
  const rows = sent.flatMap(({ unit, order, receivedAt, rows: ofFile }) =>
    ofFile.map((row) => ({ ...row, unit, order, asAt: asAtOf(row.period, vietnamDay(receivedAt)) })),
  );
  const current = rows.filter(
    ({ unit, indicator, period, asAt, order, area }) =>
      area.length === 5 && points.has(`${unit} ${indicator} ${period} ${asAt} ${order}`),
  );
  const byCommune = Map.groupBy(current, ({ indicator, area }) => `${indicator} ${area}`);
  return [...byCommune.values()].flatMap((ofCommune) => {
    const row = latest(ofCommune);
    const indicator = indicators.find(({ id }) => id === row?.indicator);
    if (!row || !indicator || reaches(indicator, row)) return [];
    return [
      {
        indicator_id: row.indicator,
        unit_id: row.unit,
        area_id: row.area,
        period: row.period,
        as_at: row.asAt,
        numerator: String(row.numerator ?? ''),
        denominator: String(row.denominator ?? ''),
        percentage: percentageOf(row),
        threshold: String(indicator.threshold),
      },
    ];
  });
}

/** A report is due by the end of the 25th of each month from April to December 2022, and expected from then on. */
export function timelinessRanking(sent: readonly Sent[], day: string): Answer {
  const months = [4, 5, 6, 7, 8, 9, 10, 11, 12]
    .map((month) => `2022-${String(month).padStart(2, '0')}`)
    .filter((month) => `${month}-25` < day);
  const figures = sentBy(sent, day).flatMap(figuresOf);
  const counted = unitIds.map((unit) => {
    const firsts = months.flatMap((month) => {
      const ofMonth = figures.filter((figure) => figure.unit === unit && figure.asAt.startsWith(month));
      const [first] = ofMonth.map(({ receivedAt }) => vietnamDay(receivedAt)).toSorted();
      return first === undefined ? [] : [{ isOnTime: first <= `${month}-25` }];
    });
    return { unit, received: firsts.length, onTime: firsts.filter(({ isOnTime }) => isOnTime).length };
  });
  return counted.map(({ unit, received, onTime }) => ({
    place: String(
      1 +
        counted.filter(
          (other) => other.onTime > onTime || (other.onTime === onTime && other.received > received),
        ).length,
    ),
    unit_id: unit,
    expected: String(months.length),
    received: String(received),
    on_time: String(onTime),
    on_time_percentage: decimal(BigInt(Math.floor((onTime * 10_000) / months.length)), 2),
  }));
}

/** Replacements of a figure by another one; `changed_on` is the day in Vietnam. */
export function corrections(sent: readonly Sent[]): Answer {
  const points = new Map<string, Reported>();
  return sent.flatMap(figuresOf).flatMap((figure) => {
    const before = points.get(keyOf(figure));
    points.set(keyOf(figure), figure);
    if (!before || isSame(before, figure)) return [];
    return [
      {
        changed_on: vietnamDay(figure.receivedAt),
        act: 'corrected',
        unit_id: figure.unit,
        indicator_id: figure.indicator,
        period: figure.period,
        as_at: figure.asAt,
        value_before: figureText(before),
        value_after: figureText(figure),
        numerator_before: String(before.numerator ?? ''),
        numerator_after: String(figure.numerator ?? ''),
      },
    ];
  });
}

function isSame(one: Reported, other: Reported): boolean {
  return (
    figureText(one) === figureText(other) &&
    one.numerator === other.numerator &&
    one.denominator === other.denominator &&
    one.completedOn === other.completedOn
  );
}

/** In percent with up to 12 decimals, rounded down, or as it was reported. */
function figureText({ numerator, denominator, value = '' }: Reported): string {
  if (numerator === undefined || denominator === undefined) return plain(value);
  return decimal((numerator * 10n ** 14n) / denominator, 12);
}

function percentageOf({ numerator, denominator, value }: ReportedRow): string {
  if (numerator === undefined || denominator === undefined) return plain(value ?? '100');
  return decimal((numerator * 10_000n) / denominator, 2);
}

/** 9870n with 2 places → `98.7`. */
function decimal(scaled: bigint, places: number): string {
  const digits = String(scaled).padStart(places + 1, '0');
  return plain(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** A decimal without needless zeros: `98.700` → `98.7`. */
export function plain(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
