import { asAtDay, type Day } from '../calendar.ts';
import type { IndicatorKind } from '../catalogue.ts';
import type { Issue } from '../issue.ts';
import { createIssue, type Place } from '../issue-codes.ts';
import type { Figure } from '../observation.ts';
import { checkTotals, leavesOf, overflowOf, partOf, sumOf } from './area-sums.ts';
import type { Field } from './columns.ts';
import { plainDecimal } from './number-text.ts';
import { type Part, PartTable } from './part-table.ts';
import { valueOr } from './read-cell.ts';
import type { RowReading } from './read-observation.ts';
import type { Rules } from './rules.ts';
import type { SourceRow } from './source-row.ts';

/** An indicator and period of a file; what its areas report is in the table under the group's number. */
interface Group {
  number: number;
  indicator: string;
  kind: IndicatorKind;
  period: string;
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
  #parts = new PartTable();
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
    const earlierRow = this.#parts.add(group.number, partOf(row.row, kind, reading, area));
    if (earlierRow === undefined) return undefined;
    group.isTorn = true;
    return createIssue('observation-duplicate', { row: row.row }, { expected: String(earlierRow) });
  }

  /** What the totals and sums are at fault for, group by group: there can be very many. */
  *issues(): Generator<Issue> {
    const { areas } = this.#rules;
    for (const group of this.#groups.values()) {
      if (group.isTorn || this.#isTorn(group)) continue;
      const parts = this.#parts.partsOf(group.number);
      const overflow = overflowOf(parts, group.kind, areas);
      if (overflow) {
        const facts = { value: overflow.sum, expected: `≤ ${Number.MAX_SAFE_INTEGER}` };
        yield createIssue('out-of-range', this.#locate(overflow.row, overflow.field), facts);
        continue;
      }
      for (const { row, field, says, gives } of checkTotals(parts, group.kind, areas)) {
        const facts = { value: says, expected: gives };
        yield createIssue('total-contradicts-areas', this.#locate(row, field), facts);
      }
    }
  }

  /** The figures of a file without errors, in the order of the catalogue and then of the periods. */
  figures(): Figure[] {
    const order = new Map([...this.#rules.assigned.keys()].map((id, index) => [id, index]));
    return [...this.#groups.values()]
      .map((group) => this.#figureOf(group))
      .sort(
        (a, b) =>
          (order.get(a.indicator) ?? 0) - (order.get(b.indicator) ?? 0) || (a.period < b.period ? -1 : 1),
      );
  }

  #figureOf({ number, indicator, kind, period }: Group): Figure {
    const { areas, receivedOn } = this.#rules;
    const parts = this.#parts.partsOf(number);
    const figure = { indicator, period, asAt: asAtDay(period, receivedOn) };
    const leaves = leavesOf(parts, areas);
    const whole = parts.get('');
    if (leaves.length === 0 && whole) return { ...figure, ...wholeFigure(whole, kind), areas: 0 };
    const { numerator, denominator } = sumOf(leaves);
    if (kind === 'count') return { ...figure, value: String(numerator), areas: leaves.length };
    const completedOn =
      kind === 'milestone' && numerator === denominator
        ? lastCompletion(leaves, whole, figure.asAt)
        : undefined;
    return {
      ...figure,
      numerator,
      denominator,
      ...(completedOn ? { completedOn } : {}),
      areas: leaves.length,
    };
  }

  #groupOf(indicator: string, kind: IndicatorKind, period: string): Group {
    const key = `${indicator}|${period}`;
    const known = this.#groups.get(key);
    if (known) return known;
    const group = { number: this.#groups.size, indicator, kind, period, isTorn: false };
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

function wholeFigure(
  { numerator, denominator, value, completedOn }: Part,
  kind: IndicatorKind,
): Pick<Figure, 'numerator' | 'denominator' | 'value' | 'completedOn'> {
  if (kind === 'count') return { value: String(numerator) };
  if (kind === 'percent' && denominator > 0) return { numerator, denominator };
  const shown = { value: plainDecimal(value ?? '100') };
  return kind === 'milestone' && completedOn ? { ...shown, completedOn } : shown;
}

/**
 * The day the last area was completed, when every area says its day. Where some do not, the day the total says,
 * unless an area was completed after that, or after the as-at day where the total says none.
 */
function lastCompletion(leaves: readonly Part[], whole: Part | undefined, asAt: Day): Day | undefined {
  const known = leaves.flatMap(({ completedOn }) => completedOn ?? []).sort();
  const last = known.at(-1);
  const total = whole?.completedOn;
  const isLast = known.length === leaves.length || (last !== undefined && last > (total ?? asAt));
  return isLast ? last : total;
}
