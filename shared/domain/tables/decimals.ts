/**
 * The digits of a decimal in plain notation with so many places after the point, as a whole number: `98.7` with 2
 * is 9870. Further places are cut, rounding down: `-3.451` with 2 is -346.
 */
export function toUnscaled(decimal: string, scale: number): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  const unscaled = BigInt(whole.replace('-', '') + fraction.slice(0, scale).padEnd(scale, '0'));
  if (!decimal.startsWith('-')) return unscaled;
  const isCut = /[1-9]/.test(fraction.slice(scale));
  return -unscaled - (isCut ? 1n : 0n);
}

/** The decimal of such a whole number, without needless zeros: 9870 with 2 is `98.7`. */
export function fromUnscaled(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${unscaled < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}
