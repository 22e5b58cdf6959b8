import type { Areas, IndicatorKind } from '../catalogue.ts';
import type { Observation } from '../observation.ts';
import { rational } from '../rational.ts';
import type { Field } from './columns.ts';
import { isHundredPercent, isRoundedOrCut } from './figure-rules.ts';
import { valueOr } from './read-cell.ts';
import type { RowReading } from './read-observation.ts';

/** One area's row: what it reports and what it adds to a sum (a count adds to `numerator` alone). */
export interface Part {
  row: number;
  area: string;
  numerator: number;
  denominator: number;
  reported: Pick<Observation, 'numerator' | 'denominator' | 'value' | 'completedOn'>;
}

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

const nothing = {};

/** What one sound row adds: its counts, its count, or for a milestone 1 of 1 when complete and 0 of 1 when not. */
export function partOf(row: number, kind: IndicatorKind, reading: RowReading, area: string): Part {
  const count = (read: RowReading['numerator']) =>
    read.state === 'value' ? Number(BigInt(read.value)) : undefined;
  const numerator = count(reading.numerator);
  const denominator = count(reading.denominator);
  const value = valueOr<string | undefined>(reading.value, undefined);
  const completedOn = valueOr<string | undefined>(reading.completedOn, undefined);
  const reported = {
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
    ...(value === undefined ? {} : { value }),
    ...(completedOn === undefined ? {} : { completedOn }),
  };
  // A commune contains nothing, so nothing will be compared with what it reports; there can be millions.
  const part = { row, area, reported: area.length === 5 && kind !== 'milestone' ? nothing : reported };
  if (kind === 'percent') return { ...part, numerator: numerator ?? 0, denominator: denominator ?? 0 };
  if (kind === 'milestone')
    return { ...part, numerator: isHundredPercent(value ?? '100') ? 1 : 0, denominator: 1 };
  return { ...part, numerator: kind === 'count' ? Number(value) : 0, denominator: 0 };
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
  const { numerator, denominator, value } = total.reported;
  if (kind === 'count') {
    return Number(value) === sum.numerator
      ? undefined
      : contradiction(total, 'value', value ?? '', String(sum.numerator));
  }
  const gives = `${sum.numerator}/${sum.denominator}`;
  if (kind === 'percent' && numerator !== undefined && denominator !== undefined) {
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
