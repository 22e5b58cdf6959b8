import { describe, expect, it } from 'vitest';
import {
  addDays,
  asAtDay,
  dayOf,
  daysBetween,
  endOfDay,
  isDay,
  parseAsOf,
  periodDays,
  startOfDay,
} from '../../shared/domain/calendar.ts';

describe('a day in Asia/Ho_Chi_Minh', () => {
  it.each([
    ['2022-06-30T16:59:59.999Z', '2022-06-30'],
    ['2022-06-30T17:00:00.000Z', '2022-07-01'],
    ['2022-06-30T17:00:00.001Z', '2022-07-01'],
  ])('of the instant %s is %s', (instant, day) => {
    expect(dayOf(instant)).toBe(day);
  });

  it('begins and ends on its own instants', () => {
    expect(startOfDay('2022-07-01')).toBe('2022-06-30T17:00:00.000Z');
    expect(endOfDay('2022-06-30')).toBe('2022-06-30T16:59:59.999Z');
  });

  it.each([
    ['2022-06-16', '2022-06-30', 14],
    ['2022-06-30', '2022-06-30', 0],
    ['2022-07-01', '2022-06-30', -1],
    ['2024-02-28', '2024-03-01', 2],
  ])('%s to %s are %i days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });

  it.each([
    ['2022-02-28', true],
    ['2022-02-29', false],
    ['2024-02-29', true],
    ['2022-6-30', false],
    ['2022-13-01', false],
  ])('%s exists: %s', (text, exists) => {
    expect(isDay(text)).toBe(exists);
  });
});

describe('a period', () => {
  it.each([
    ['2022', '2022-01-01', '2022-12-31'],
    ['2022-Q1', '2022-01-01', '2022-03-31'],
    ['2022-Q4', '2022-10-01', '2022-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2022-06-15', '2022-06-15', '2022-06-15'],
  ])('%s is %s to %s', (period, first, last) => {
    expect(periodDays(period)).toEqual({ first, last });
  });

  it.each([
    ['2022-06-29', '2022-06-29'],
    ['2022-06-30', '2022-06-30'],
    ['2022-07-01', '2022-06-30'],
  ])('2022-06 received on %s speaks for %s', (receivedOn, asAt) => {
    expect(asAtDay('2022-06', receivedOn)).toBe(asAt);
  });
});

describe('what people write for “as of”', () => {
  it.each([
    ['2022-06-30', '2022-06-30T16:59:59.999Z'],
    ['2022-06-30T23:59:59+07:00', '2022-06-30T16:59:59.000Z'],
    ['2022-06-30T16:59:59.5Z', '2022-06-30T16:59:59.500Z'],
    ['2000-01-01', '2000-01-01T16:59:59.999Z'],
    ['2099-12-31', '2099-12-31T16:59:59.999Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseAsOf(text)).toBe(instant);
  });

  it.each(['2022-02-30', '30/06/2022', '2022-06-30T12:00', '1999-12-31', '2100-01-01', '9999-12-31', ''])(
    'is not %j',
    (text) => {
      expect(parseAsOf(text)).toBeUndefined();
    },
  );
});
