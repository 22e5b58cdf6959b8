/**
 * Exact arithmetic. Figures are compared as fractions of whole numbers, so 99.996 % is never taken for 100 %.
 */

/** An exact number, reduced: the denominator is above 0 and shares no factor with the numerator. */
export interface Rational {
  numerator: bigint;
  denominator: bigint;
}

/** The fraction `numerator / denominator`, reduced. Throws a `RangeError` when the denominator is 0. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('a fraction cannot have the denominator 0');
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Reads a decimal in plain notation: `98.7`, `-3`, `0.05`. Throws a `SyntaxError` for anything else. */
export function parseDecimal(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new SyntaxError(`not a decimal in plain notation: ${text.slice(0, 40)}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return rational(sign ? -digits : digits, 10n ** BigInt(fraction.length));
}

/** `a + b`. */
export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** `a − b`. */
export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** `a × b`. */
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Below 0 when `a` is smaller, 0 when they are equal, above 0 when `a` is larger. */
export function compare(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * The largest decimal with `decimals` places that is not above the number: `99.996` → `99.99`,
 * `-3.451` → `-3.46`. Plain notation, always with all its places.
 */
export function floorTo(number: Rational, decimals: number): string {
  const scaled = floorDivide(number.numerator * 10n ** BigInt(decimals), number.denominator);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${fraction}` : ''}`;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && dividend % divisor !== 0n ? quotient - 1n : quotient;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let larger = a < 0n ? -a : a;
  let smaller = b < 0n ? -b : b;
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
