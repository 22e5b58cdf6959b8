import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyUsage,
  monthlyPartsSchema,
  reserve,
  type SmsUsage,
  smsMonth,
} from '../../shared/domain/sms-budget.ts';

const now = '2022-07-14T03:00:00.000Z';
const later = '2022-07-15T03:00:00.000Z';

function usageOf(budget: number, parts: SmsUsage['parts'] = {}): SmsUsage {
  return { ...emptyUsage('2022-07', budget), version: 3, parts };
}

function reservedOf({ parts }: SmsUsage): number {
  return Object.values(parts).reduce((sum, each) => sum + each, 0);
}

describe('the monthly budget', () => {
  it.each([
    [undefined, 5_000],
    ['0', 0],
    ['5000', 5_000],
    ['7500', 7_500],
  ])('given as %j is %i parts', (text, parts) => {
    expect(monthlyPartsSchema.parse(text)).toBe(parts);
  });

  it.each(['', '7501', '-1', '1.5', '5.000', 'many'])('cannot be %j', (text) => {
    expect(monthlyPartsSchema.safeParse(text).success).toBe(false);
  });

  it.each([
    ['2022-06-30T16:59:59.999Z', '2022-06'],
    ['2022-06-30T17:00:00.000Z', '2022-07'],
    ['2022-12-31T17:00:00.000Z', '2023-01'],
  ])('at %s is that of %s', (instant, month) => {
    expect(smsMonth(instant)).toBe(month);
  });
});

describe('reserving', () => {
  it.each([
    [9, ['a', 'b', 'c'], undefined],
    [8, ['a', 'b', 'c'], undefined],
    [7, ['a', 'b'], now],
    [6, ['a', 'b'], now],
    [5, ['a'], now],
    [4, ['a'], now],
    [3, [], now],
    [0, [], now],
  ])('from a budget of %i, 2 of it taken, grants of messages of 2 parts %j', (budget, granted, reachedAt) => {
    const wanted = ['a', 'b', 'c'].map((id) => ({ id, parts: 2 }));
    const before = usageOf(budget, { earlier: 2 });
    const after = reserve(before, wanted, now);
    expect([...after.granted]).toEqual(granted);
    expect(after.usage).toEqual({
      ...before,
      parts: { earlier: 2, ...Object.fromEntries(granted.map((id) => [id, 2])) },
      ...(reachedAt && { reachedAt }),
    });
  });

  it('grants none after the first refusal, even what would fit', () => {
    const wanted = [
      { id: 'long', parts: 2 },
      { id: 'short', parts: 1 },
    ];
    expect(reserve(usageOf(1), wanted, now).granted).toEqual(new Set());
  });

  it('grants again what it granted before, and counts it once, also when the budget is used up', () => {
    const wanted = [
      { id: 'a', parts: 1 },
      { id: 'new', parts: 1 },
      { id: 'b', parts: 1 },
    ];
    const { usage, granted } = reserve(usageOf(2, { a: 1, b: 1 }), wanted, now);
    expect([...granted]).toEqual(['a', 'b']);
    expect(usage.parts).toEqual({ a: 1, b: 1 });
  });

  it('counts a message asked for twice at once a single time', () => {
    const twice = [
      { id: 'a', parts: 2 },
      { id: 'a', parts: 2 },
    ];
    expect(reserve(usageOf(2), twice, now)).toEqual({
      usage: usageOf(2, { a: 2 }),
      granted: new Set(['a']),
    });
  });

  it('keeps the instant of the first refusal, also after the budget was raised', () => {
    const { usage } = reserve(usageOf(0), [{ id: 'a', parts: 1 }], now);
    expect(reserve(usage, [{ id: 'a', parts: 1 }], later).usage).toBe(usage);
    const raised = reserve({ ...usage, budget: 1 }, [{ id: 'a', parts: 1 }], later);
    expect(raised.granted).toEqual(new Set(['a']));
    expect(raised.usage.reachedAt).toBe(now);
  });

  it('refuses everything new when the budget was lowered below what is reserved', () => {
    const { granted } = reserve(usageOf(1, { a: 2 }), [{ id: 'b', parts: 1 }], now);
    expect(granted).toEqual(new Set());
  });

  it('returns the same usage when nothing changes', () => {
    const usage = usageOf(5, { a: 1 });
    expect(reserve(usage, [{ id: 'a', parts: 1 }], now).usage).toBe(usage);
    expect(reserve(usage, [], now)).toEqual({ usage, granted: new Set() });
  });

  it('never exceeds the budget, and asking again changes nothing', () => {
    const anyWanted = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), parts: fc.integer({ min: 1, max: 2 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), fc.array(anyWanted, { maxLength: 4 }), (budget, runs) => {
        let usage = usageOf(budget);
        for (const wanted of runs) {
          const first = reserve(usage, wanted, now);
          const again = reserve(first.usage, wanted, later);
          expect(reservedOf(first.usage)).toBeLessThanOrEqual(budget);
          expect(again).toEqual(first);
          expect([...first.granted].every((id) => id in first.usage.parts)).toBe(true);
          usage = first.usage;
        }
      }),
    );
  });
});
