import { asAtDay, type Day } from '../calendar.ts';
import type { Areas, IndicatorKind } from '../catalogue.ts';
import type { Issue } from '../issue.ts';
import { createIssue, type Place } from '../issue-codes.ts';
import type { Figure, Observation } from '../observation.ts';
import { checkTotals, leavesOf, overflowOf, type Part, partOf, sumOf } from './area-sums.ts';
import type { Field } from './columns.ts';
import { plainDecimal } from './number-text.ts';
import { valueOr } from './read-cell.ts';
import type { RowReading } from './read-observation.ts';
import type { Rules } from './rules.ts';
import type { SourceRow } from './source-row.ts';

/** Everything a file says about one indicator and period, by area; the whole unit is the area `''`. */
interface Group {
  indicator: string;
  kind: IndicatorKind;
  period: string;
  parts: Map<string, Part>;
  /** A row that belongs here could not be read: sums prove nothing. */
  isTorn: boolean;
}

/**
 * Gathers the rows of a file into figures: areas are summed, and rows that contain other rows are checked
 * against them instead of being counted again.
 */
export class RollUp {
  #rules: Rules;
  #locate: (row: number, field: Field) => Place;
  #groups = new Map<string, Group>();
  #tornGroups = new Set<string>();

  constructor(rules: Rules, locate: (row: number, field: Field) => Place) {
    this.#rules = rules;
    this.#locate = locate;
  }

  /** Takes a row in. Returns the issue when indicator, period and area were reported before. */
  add(row: SourceRow, reading: RowReading): Issue | undefined {
    const { kind, indicator, period } = reading;
    if (!reading.isSound || kind === undefined || indicator.state !== 'value' || period.state !== 'value') {
      this.#tear(row, reading);
      return undefined;
    }
    const group = this.#groupOf(indicator.value, kind, period.value);
    const area = valueOr(reading.area, '');
    const earlier = group.parts.get(area);
    if (earlier) {
      group.isTorn = true;
      return createIssue('observation-duplicate', { row: row.row }, { expected: String(earlier.row) });
    }
    group.parts.set(area, partOf(row.row, kind, reading, area));
    return undefined;
  }

  /** What the totals and sums are at fault for, in the order of the rows. */
  issues(): Issue[] {
    return [...this.#groups.values()].flatMap((group) => {
      if (group.isTorn || this.#isTorn(group)) return [];
      const overflow = overflowOf(group.parts, group.kind, this.#rules.areas);
      if (overflow) {
        const facts = { value: overflow.sum, expected: `≤ ${Number.MAX_SAFE_INTEGER}` };
        return [createIssue('out-of-range', this.#locate(overflow.row, overflow.field), facts)];
      }
      return checkTotals(group.parts, group.kind, this.#rules.areas).map(({ row, field, says, gives }) =>
        createIssue('total-contradicts-areas', this.#locate(row, field), { value: says, expected: gives }),
      );
    });
  }

  /** The figures of a file without errors, in the order of the catalogue and then of the periods. */
  figures(): Figure[] {
    const order = new Map([...this.#rules.assigned.keys()].map((id, index) => [id, index]));
    return [...this.#groups.values()]
      .map((group) => figureOf(group, this.#rules.areas, this.#rules.receivedOn))
      .sort(
        (a, b) =>
          (order.get(a.indicator) ?? 0) - (order.get(b.indicator) ?? 0) || (a.period < b.period ? -1 : 1),
      );
  }

  #groupOf(indicator: string, kind: IndicatorKind, period: string): Group {
    const key = `${indicator}|${period}`;
    const known = this.#groups.get(key);
    if (known) return known;
    const group = { indicator, kind, period, parts: new Map(), isTorn: false };
    this.#groups.set(key, group);
    return group;
  }

  /** Remembers where a row that cannot be used may be missing from a sum, so that it is not reported twice. */
  #tear(row: SourceRow, { indicator, period, area }: RowReading): void {
    const cell = row.cells.get('indicator');
    const id = valueOr(indicator, cell ? (this.#rules.suggestIndicator(cell.text) ?? '') : '');
    if (id === '') return;
    if (period.state === 'value') this.#tornGroups.add(`${id}|${period.value}`);
    else if (area.state !== 'blank') this.#tornGroups.add(`${id}|`);
  }

  #isTorn({ indicator, period }: Group): boolean {
    return this.#tornGroups.has(`${indicator}|${period}`) || this.#tornGroups.has(`${indicator}|`);
  }
}

function figureOf({ indicator, kind, period, parts }: Group, areas: Areas, receivedOn: Day): Figure {
  const figure = { indicator, period, asAt: asAtDay(period, receivedOn) };
  const leaves = leavesOf(parts, areas);
  const whole = parts.get('');
  if (leaves.length === 0 && whole) return { ...figure, ...wholeFigure(whole, kind), areas: 0 };
  const { numerator, denominator } = sumOf(leaves);
  if (kind === 'count') return { ...figure, value: String(numerator), areas: leaves.length };
  const completedOn =
    kind === 'milestone' && numerator === denominator ? lastCompletion(leaves, whole) : undefined;
  return { ...figure, numerator, denominator, ...(completedOn ? { completedOn } : {}), areas: leaves.length };
}

function wholeFigure(
  { reported }: Part,
  kind: IndicatorKind,
): Pick<Observation, 'numerator' | 'denominator' | 'value' | 'completedOn'> {
  const { numerator, denominator, value, completedOn } = reported;
  if (kind === 'percent' && numerator !== undefined && denominator !== undefined)
    return { numerator, denominator };
  const shown = { value: plainDecimal(value ?? '100') };
  return kind === 'milestone' && completedOn ? { ...shown, completedOn } : shown;
}

/** The day the last area was completed, when every area says its day; else the day the total says. */
function lastCompletion(leaves: readonly Part[], whole: Part | undefined): Day | undefined {
  const days = leaves.map(({ reported }) => reported.completedOn);
  const known = days.filter((day) => day !== undefined).sort();
  return known.length === days.length ? known.at(-1) : whole?.reported.completedOn;
}
