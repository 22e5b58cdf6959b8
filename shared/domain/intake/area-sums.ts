import type { Areas, IndicatorKind } from '../catalogue.ts';
import { rational } from '../rational.ts';
import type { Field } from './columns.ts';
import { isHundredPercent, isRoundedOrCut } from './figure-rules.ts';
import type { Part } from './part-table.ts';
import { valueOr } from './read-cell.ts';
import type { RowReading } from './read-observation.ts';

/** A total that does not agree with its areas. */
export interface Contradiction {
  row: number;
  field: Field;
  says: string;
  gives: string;
}

interface Sum {
  numerator: number;
  denominator: number;
}

/** What one sound row adds: its counts, its count, or for a milestone 1 of 1 when complete and 0 of 1 when not. */
export function partOf(row: number, kind: IndicatorKind, reading: RowReading, area: string): Part {
  const part = { row, area, numerator: 0, denominator: 0 };
  const value = valueOr<string | undefined>(reading.value, undefined);
  const { numerator, denominator } = reading;
  if (kind === 'count') return { ...part, numerator: Number(value) };
  if (kind === 'percent' && numerator.state === 'value' && denominator.state === 'value')
    return { ...part, numerator: Number(numerator.value), denominator: Number(denominator.value) };
  // A commune contains nothing, so nothing will be compared with what it says of itself.
  const said = value === undefined || area.length === 5 ? {} : { value };
  if (kind !== 'milestone') return { ...part, ...said };
  const completedOn = valueOr<string | undefined>(reading.completedOn, undefined);
  const isComplete = isHundredPercent(value ?? '100');
  return {
    ...part,
    ...said,
    numerator: isComplete ? 1 : 0,
    denominator: 1,
    ...(completedOn === undefined ? {} : { completedOn }),
  };
}

/** The rows that are summed: communes, and districts of which no commune is reported. */
export function leavesOf(parts: ReadonlyMap<string, Part>, areas: Areas): Part[] {
  const totals = new Set([...parts.keys()].map((area) => areas.districtOf(area)));
  return [...parts.values()].filter(({ area }) => area !== '' && !totals.has(area));
}

/** The parts added up; exact while `overflowOf` finds nothing. */
export function sumOf(parts: readonly Sum[]): Sum {
  const sum = { numerator: 0, denominator: 0 };
  for (const { numerator, denominator } of parts) {
    sum.numerator += numerator;
    sum.denominator += denominator;
  }
  return sum;
}

/** The row at which the sum of the areas leaves the numbers we keep exactly, 0 to 2^53−1. */
export function overflowOf(
  parts: ReadonlyMap<string, Part>,
  kind: IndicatorKind,
  areas: Areas,
): { row: number; field: Field; sum: string } | undefined {
  const sum = { numerator: 0, denominator: 0 };
  for (const part of leavesOf(parts, areas)) {
    for (const field of ['numerator', 'denominator'] as const) {
      const exact = BigInt(sum[field]) + BigInt(part[field]);
      if (exact > BigInt(Number.MAX_SAFE_INTEGER)) {
        return { row: part.row, field: kind === 'count' ? 'value' : field, sum: String(exact) };
      }
      sum[field] = Number(exact);
    }
  }
  return undefined;
}

/**
 * The totals that contradict what they contain: districts against their communes, then the whole unit
 * against all. A whole that agrees either with the areas or with the districts as they say themselves is not
 * at fault a second time.
 */
export function checkTotals(
  parts: ReadonlyMap<string, Part>,
  kind: IndicatorKind,
  areas: Areas,
): Contradiction[] {
  const communes = new Map<string, Part[]>();
  for (const part of parts.values()) {
    const district = areas.districtOf(part.area);
    if (district === undefined || !parts.has(district)) continue;
    const siblings = communes.get(district);
    if (siblings) siblings.push(part);
    else communes.set(district, [part]);
  }
  const found: Contradiction[] = [];
  for (const [district, below] of communes) {
    const total = parts.get(district);
    const contradiction = total && contradict(total, sumOf(below), kind);
    if (contradiction) found.push(contradiction);
  }
  const whole = parts.get('');
  const leaves = leavesOf(parts, areas);
  if (!whole || leaves.length === 0) return found;
  const contradiction = contradict(whole, sumOf(leaves), kind);
  if (!contradiction) return found;
  const counted = new Set([...communes.values()].flat());
  const uppermost = [...parts.values()].filter((part) => part !== whole && !counted.has(part));
  const follows = found.length > 0 && !contradict(whole, sumOf(uppermost), kind);
  return follows ? found : [...found, contradiction];
}

function contradict(total: Part, sum: Sum, kind: IndicatorKind): Contradiction | undefined {
  const { numerator, denominator, value } = total;
  if (kind === 'count') {
    return numerator === sum.numerator
      ? undefined
      : contradiction(total, 'value', String(numerator), String(sum.numerator));
  }
  const gives = `${sum.numerator}/${sum.denominator}`;
  if (kind === 'percent' && denominator > 0) {
    if (numerator === sum.numerator && denominator === sum.denominator) return undefined;
    const field = numerator === sum.numerator ? 'denominator' : 'numerator';
    return contradiction(total, field, `${numerator}/${denominator}`, gives);
  }
  const says = value ?? '100';
  const isComplete = kind === 'milestone' && isHundredPercent(says);
  const ratio = rational(BigInt(sum.numerator) * 100n, BigInt(sum.denominator));
  const agrees = isComplete ? sum.numerator === sum.denominator : isRoundedOrCut(says, ratio);
  if (agrees) return undefined;
  return contradiction(total, value === undefined ? 'completed_on' : 'value', `${says} %`, gives);
}

function contradiction({ row }: Part, field: Field, says: string, gives: string): Contradiction {
  return { row, field, says, gives };
}
