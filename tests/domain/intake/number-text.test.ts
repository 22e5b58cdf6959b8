import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandJsonNumber, plainDecimal, readNumber } from '../../../shared/domain/intake/number-text.ts';

describe('a number as people write it', () => {
  it.each([
    ['0', '0', undefined],
    ['1640', '1640', undefined],
    ['007', '007', undefined],
    ['98,7', '98.7', ','],
    ['98.7', '98.7', '.'],
    ['98,70 %', '98.70', ','],
    ['-3,5', '-3.5', ','],
    ['\u22123.5', '-3.5', '.'],
    ['+3', '3', undefined],
    ['1.640.000', '1640000', ','],
    ['1,640,000', '1640000', '.'],
    ['1.234,5', '1234.5', ','],
    ['1,234.567', '1234.567', '.'],
    ['0,125', '0.125', ','],
    ['1234,567', '1234.567', ','],
    ['1.23', '1.23', '.'],
    ['1.2345', '1.2345', '.'],
  ])('%s can only be %s', (written, text, proves) => {
    expect(readNumber(written)).toMatchObject({ kind: 'clear', text, ...(proves ? { proves } : {}) });
    expect('proves' in readNumber(written)).toBe(proves !== undefined);
  });

  it.each([
    ['1.234', '1234', '1.234'],
    ['1,234', '1234', '1.234'],
    ['999.000', '999000', '999.000'],
    ['-12,500', '-12500', '-12.500'],
  ])('%s is %s or %s', (written, grouped, decimal) => {
    expect(readNumber(written)).toMatchObject({ kind: 'either', grouped, decimal });
  });

  it.each([
    '',
    'abc',
    '1 640',
    '12.34,5',
    '1.23.456',
    '1..5',
    '5.',
    '.5',
    '1,2,3',
    '1.234.5',
    '%',
    '--1',
    '1e3',
    '0x10',
    '½',
    '１２',
    '1'.repeat(61),
  ])('%s is none', (written) => {
    expect(readNumber(written)).toEqual({ kind: 'none' });
  });
});

describe('a JSON number', () => {
  it.each([
    ['98.70', '98.70'],
    ['-3', '-3'],
    ['1e3', '1000'],
    ['1.5E+1', '15'],
    ['1234e-2', '12.34'],
    ['5e-3', '0.005'],
    ['-0.5e1', '-5'],
    ['9007199254740993', '9007199254740993'],
  ])('%s is %s in plain notation', (literal, plain) => {
    expect(expandJsonNumber(literal)).toBe(plain);
  });

  it.each(['1e400', '1e61', '1e-61', '1'.repeat(61)])('%s is no figure', (literal) => {
    expect(expandJsonNumber(literal)).toBeUndefined();
  });

  it('means the same in plain notation', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), (number) => {
        const plain = expandJsonNumber(JSON.stringify(number));
        expect(plain === undefined || Number(plain) === Number(JSON.stringify(number))).toBe(true);
      }),
    );
  });
});

it.each([
  ['98.70', '98.7'],
  ['098', '98'],
  ['100.00', '100'],
  ['-0.0', '0'],
  ['0.05', '0.05'],
  ['-3.50', '-3.5'],
  ['1000', '1000'],
])('%s without needless zeros is %s', (text, plain) => {
  expect(plainDecimal(text)).toBe(plain);
});
