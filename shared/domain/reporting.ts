import { addDays, type Day, type Instant, monthsFrom, type Period, startOfDay } from './calendar.ts';
import { type Catalogue, type Directive, indicatorsOf } from './catalogue.ts';
import { isKnown } from './fold.ts';
import type { Publication } from './observation.ts';

/**
 * How completely and how timely something was reported on, in whole numbers that add up: the monthly reports
 * `expected` by now, those of them `received` and those received `onTime`; the indicators `assigned`, and those
 * `reported` on by at least one figure.
 *
 * @see docs/adr/0019-reports-and-their-absence.md
 */
export interface Reporting {
  expected: number;
  received: number;
  onTime: number;
  assigned: number;
  reported: number;
}

/** The reporting of one unit, or of what one unit coordinates. */
export interface UnitReporting extends Reporting {
  unit: string;
}

/**
 * The reporting of the nation, of each body that coordinates a task, and of each unit, in the catalogue's order.
 * A body's reports are those of the units that owe a task it coordinates, its indicators those of its tasks. A
 * task that names no body counts for none but the nation.
 */
export interface ReportingBoard {
  nation: Reporting;
  bodies: UnitReporting[];
  units: UnitReporting[];
}

/** The day by which the report for a month is due: `2022-04` → `2022-04-25`. */
export function reportDueDay({ reports }: Pick<Directive, 'reports'>, month: Period): Day {
  return `${month}-${String(reports.dueDayOfMonth).padStart(2, '0')}`;
}

/** The first instant after the day by which the report for a month is due, in Asia/Ho_Chi_Minh. */
export function reportOverdueAt(directive: Pick<Directive, 'reports'>, month: Period): Instant {
  return startOfDay(addDays(reportDueDay(directive, month), 1));
}

/** The months for which every unit ought to have reported by an instant, in order. */
export function expectedMonths(directive: Pick<Directive, 'reports'>, asOf: Instant): Period[] {
  const months: Period[] = [];
  for (const month of monthsFrom(directive.reports.from)) {
    if (month > directive.reports.to || reportOverdueAt(directive, month) > asOf) return months;
    months.push(month);
  }
  return months;
}

/**
 * The reporting of one unit, as known at an instant. The report for a month is received when a file that counts
 * then carries a figure as at a day of it, and in time when one such file was received by the due day.
 */
export function reportingOfUnit(
  catalogue: Catalogue,
  unitId: string,
  publications: readonly Publication[],
  asOf: Instant,
): Reporting {
  return measure(catalogue, unitId, reportedAt(publications, asOf), asOf);
}

/** The reporting of all units, as known at an instant; `publications` are by unit. */
export function buildReporting(
  catalogue: Catalogue,
  publications: ReadonlyMap<string, readonly Publication[]>,
  asOf: Instant,
): ReportingBoard {
  const known = catalogue.units.map(({ id }) => ({
    unit: id,
    reported: reportedAt(publications.get(id) ?? [], asOf),
  }));
  const units = known.map(({ unit, reported }) => ({ unit, ...measure(catalogue, unit, reported, asOf) }));
  const bodies = catalogue.units.flatMap(({ id }) => {
    const tasks = catalogue.tasks.filter(({ coordinators }) => coordinators.includes(id));
    const ofTasks = known
      .map(({ unit, reported }) => measure({ ...catalogue, tasks }, unit, reported, asOf))
      .filter(({ assigned }) => assigned > 0);
    return tasks.length > 0 ? [{ unit: id, ...addReporting(ofTasks) }] : [];
  });
  return { nation: addReporting(units), bodies, units };
}

/** What the files of a unit that count at an instant say. */
interface Reported {
  /** When the first file with a figure as at a day of the month was received, by month. */
  months: ReadonlyMap<Period, Instant>;
  indicators: ReadonlySet<string>;
}

function reportedAt(publications: readonly Publication[], asOf: Instant): Reported {
  const months = new Map<Period, Instant>();
  const indicators = new Set<string>();
  for (const { receivedAt, figures } of publications.filter((each) => isKnown(each, asOf))) {
    for (const { indicator, asAt } of figures) {
      const month = asAt.slice(0, 7);
      const first = months.get(month);
      if (first === undefined || receivedAt < first) months.set(month, receivedAt);
      indicators.add(indicator);
    }
  }
  return { months, indicators };
}

function measure(
  catalogue: Catalogue,
  unitId: string,
  { months, indicators }: Reported,
  asOf: Instant,
): Reporting {
  const { directive } = catalogue;
  const expected = expectedMonths(directive, asOf);
  const receipts = expected.flatMap((month) => {
    const receivedAt = months.get(month);
    return receivedAt === undefined ? [] : [{ month, receivedAt }];
  });
  const onTime = receipts.filter(({ month, receivedAt }) => receivedAt < reportOverdueAt(directive, month));
  const assigned = indicatorsOf(catalogue, unitId);
  return {
    expected: expected.length,
    received: receipts.length,
    onTime: onTime.length,
    assigned: assigned.length,
    reported: assigned.filter(({ indicator }) => indicators.has(indicator.id)).length,
  };
}

function addReporting(all: readonly Reporting[]): Reporting {
  const sum = { expected: 0, received: 0, onTime: 0, assigned: 0, reported: 0 };
  for (const { expected, received, onTime, assigned, reported } of all) {
    sum.expected += expected;
    sum.received += received;
    sum.onTime += onTime;
    sum.assigned += assigned;
    sum.reported += reported;
  }
  return sum;
}
