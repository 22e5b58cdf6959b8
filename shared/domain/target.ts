import type { Indicator, IndicatorKind, Target } from './catalogue.ts';
import { compare, multiply, parseDecimal, type Rational, rational } from './rational.ts';

/**
 * The value a target is met from, exactly: the threshold itself, a range's low end, nine tenths of an
 * `about` (22.5 for about 25). For `more-than` the value must be exceeded.
 */
export function thresholdOf(target: Target): Rational {
  const threshold = parseDecimal(String(target.value));
  return target.op === 'about' ? multiply(threshold, rational(9n, 10n)) : threshold;
}

/** Whether a value meets a target. Exact: 99.996 is not 100, and exactly 90 is not more than 90. */
export function meetsTarget(value: Rational, target: Target): boolean {
  const order = compare(value, thresholdOf(target));
  return target.op === 'more-than' ? order > 0 : order >= 0;
}

/** A target as it is shown, the same in both languages: `≥ 100 %`, `> 90 %`, `65–70 %`, `≈ 25 %`, `≥ 10000`. */
export function targetText(indicator: Pick<Indicator, 'kind' | 'target'>): string {
  const { kind, target } = indicator;
  const sign = unitSign(kind);
  switch (target.op) {
    case 'at-least':
      return `≥ ${target.value}${sign}`;
    case 'more-than':
      return `> ${target.value}${sign}`;
    case 'range':
      return `${target.value}–${target.high}${sign}`;
    case 'about':
      return `≈ ${target.value}${sign}`;
  }
}

/** What follows a number of this kind: a percent sign, nothing for a count. */
export function unitSign(kind: IndicatorKind): string {
  return kind === 'count' ? '' : ' %';
}
