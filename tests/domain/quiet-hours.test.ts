import { describe, expect, it } from 'vitest';
import { defaultQuietHours } from '../../shared/domain/coordinator.ts';
import { isQuiet } from '../../shared/domain/quiet-hours.ts';

/** An instant as a clock in Vietnam shows it. */
const at = (clock: string) => new Date(`${clock}+07:00`).toISOString();

describe('quiet hours', () => {
  it.each([
    ['2022-06-30T20:59:59.000', false],
    ['2022-06-30T20:59:59.999', false],
    ['2022-06-30T21:00:00.000', true],
    ['2022-06-30T21:00:01.000', true],
    ['2022-06-30T23:59:59.999', true],
    ['2022-07-01T00:00:00.000', true],
    ['2022-07-01T06:59:59.000', true],
    ['2022-07-01T06:59:59.999', true],
    ['2022-07-01T07:00:00.000', false],
    ['2022-07-01T07:00:01.000', false],
    ['2024-02-29T23:30:00.000', true],
    ['2022-12-31T21:00:00.000', true],
  ])('from 21:00 to 07:00 span midnight: %s is quiet: %s', (clock, expected) => {
    expect(isQuiet(defaultQuietHours, at(clock))).toBe(expected);
  });

  it.each([
    ['2022-06-30T11:59:59.000', false],
    ['2022-06-30T12:00:00.000', true],
    ['2022-06-30T13:29:59.000', true],
    ['2022-06-30T13:30:00.000', false],
    ['2022-06-30T00:00:00.000', false],
  ])('within one day, from 12:00 to 13:30: %s is quiet: %s', (clock, expected) => {
    expect(isQuiet({ from: '12:00', to: '13:30' }, at(clock))).toBe(expected);
  });

  it.each(['00:00:00.000', '06:59:59.999', '07:00:00.000', '23:59:59.999'])(
    'with the same time twice there are none, not even at %s',
    (time) => {
      expect(isQuiet({ from: '07:00', to: '07:00' }, at(`2022-06-30T${time}`))).toBe(false);
    },
  );

  it('that begin or end at midnight do so sharply', () => {
    expect(isQuiet({ from: '00:00', to: '06:00' }, at('2022-06-30T23:59:59.999'))).toBe(false);
    expect(isQuiet({ from: '00:00', to: '06:00' }, at('2022-07-01T00:00:00.000'))).toBe(true);
    expect(isQuiet({ from: '22:00', to: '00:00' }, at('2022-06-30T23:59:59.999'))).toBe(true);
    expect(isQuiet({ from: '22:00', to: '00:00' }, at('2022-07-01T00:00:00.000'))).toBe(false);
  });
});
