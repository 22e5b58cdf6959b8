import type { IndicatorKind } from '../catalogue.ts';
import { add, floorTo, parseDecimal, type Rational, rational } from '../rational.ts';
import type { Field } from './columns.ts';
import type { Report } from './read-cell.ts';
import type { RowReading } from './read-observation.ts';

/**
 * Checks the figures of a row against each other, by the indicator's kind. Answers whether they are sound;
 * missing evidence is reported but does not make a figure unsound.
 */
export function checkFigures(reading: RowReading, kind: IndicatorKind, report: Report): boolean {
  const { numerator, denominator, value, completedOn } = reading;
  const areRead = [numerator, denominator, value, completedOn].every(({ state }) => state !== 'bad');
  if (kind === 'percent') return checkPercent(reading, report) && areRead;
  if (kind === 'milestone') return checkMilestone(reading, report) && areRead;
  if (value.state === 'blank') report('value-required', 'value', 'value');
  return value.state === 'value' && areRead;
}

function checkPercent({ numerator, denominator, value, area }: RowReading, report: Report): boolean {
  if (numerator.state === 'value' && denominator.state === 'value') {
    const [part, whole] = [BigInt(numerator.value), BigInt(denominator.value)];
    if (part > whole) {
      report('numerator-exceeds-denominator', 'numerator', denominator.value);
      return false;
    }
    const ratio = rational(part * 100n, whole);
    if (value.state !== 'value' || isRoundedOrCut(value.value, ratio)) return true;
    report('value-contradicts-ratio', 'value', floorTo(ratio, decimalsOf(value.value)));
    return false;
  }
  if (numerator.state === 'bad' || denominator.state === 'bad') return false;
  const missing = missingOfPercent({ numerator, denominator, value, area });
  if (missing) report('value-required', missing.field, missing.expected);
  return !missing;
}

/** What a percentage lacks, when it is not the case that both counts are given. */
function missingOfPercent({
  numerator,
  denominator,
  value,
  area,
}: Pick<RowReading, 'numerator' | 'denominator' | 'value' | 'area'>):
  | { field: Field; expected: string }
  | undefined {
  if (numerator.state === 'value') return { field: 'denominator', expected: 'denominator' };
  if (denominator.state === 'value') return { field: 'numerator', expected: 'numerator' };
  if (area.state === 'value') return { field: 'numerator', expected: 'numerator, denominator' };
  return value.state === 'blank'
    ? { field: 'value', expected: 'numerator + denominator / value' }
    : undefined;
}

function checkMilestone({ value, completedOn, evidence }: RowReading, report: Report): boolean {
  if (value.state === 'blank' && completedOn.state === 'blank') {
    report('value-required', 'value', 'value / completed_on');
    return false;
  }
  const isHundred = value.state === 'value' && isHundredPercent(value.value);
  if (value.state === 'value' && !isHundred && completedOn.state === 'value') {
    report('value-conflict', 'value', '100');
    return false;
  }
  const isComplete = isHundred || (completedOn.state === 'value' && value.state === 'blank');
  if (isComplete && evidence.state === 'blank') report('evidence-missing', 'evidence');
  return true;
}

/** Whether a decimal is 100, however many zeros it is written with. */
export function isHundredPercent(decimal: string): boolean {
  return /^0*100(\.0*)?$/.test(decimal);
}

/** Whether a decimal is a ratio rounded (half up) or cut at the decimal's own number of places. */
export function isRoundedOrCut(decimal: string, ratio: Rational): boolean {
  const places = decimalsOf(decimal);
  const written = floorTo(parseDecimal(decimal), places);
  const half = rational(1n, 2n * 10n ** BigInt(places));
  return written === floorTo(ratio, places) || written === floorTo(add(ratio, half), places);
}

function decimalsOf(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}
