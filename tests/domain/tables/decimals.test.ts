import fc from 'fast-check';
import { expect, it } from 'vitest';
import { floorTo, parseDecimal } from '../../../shared/domain/rational.ts';
import { fromUnscaled, toUnscaled } from '../../../shared/domain/tables/decimals.ts';

const anyDecimal = fc
  .tuple(
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 16n }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 }),
  )
  .map(([isNegative, whole, fraction]) => `${isNegative ? '-' : ''}${whole}${fraction && `.${fraction}`}`);

it.each([
  ['98.7', 2, 9870n, '98.7'],
  ['-3.451', 2, -346n, '-3.46'],
  ['-3.45', 2, -345n, '-3.45'],
  ['-0.001', 2, -1n, '-0.01'],
  ['-0', 2, 0n, '0'],
  ['0.05', 2, 5n, '0.05'],
  ['100', 0, 100n, '100'],
  ['9007199254740991', 12, 9007199254740991000000000000n, '9007199254740991'],
])('%s with %i places is %s', (decimal, places, unscaled, plain) => {
  expect(toUnscaled(decimal, places)).toBe(unscaled);
  expect(fromUnscaled(unscaled, places)).toBe(plain);
});

it('rounds any decimal down as the API does', () => {
  fc.assert(
    fc.property(anyDecimal, fc.integer({ min: 1, max: 18 }), (decimal, places) => {
      const floor = floorTo(parseDecimal(decimal), places);
      expect(parseDecimal(fromUnscaled(toUnscaled(decimal, places), places))).toEqual(parseDecimal(floor));
    }),
  );
});
