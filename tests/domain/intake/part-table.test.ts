import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, PartTable } from '../../../shared/domain/intake/part-table.ts';

const part = (row: number, area: string): Part => ({ row, area, numerator: row, denominator: 2 * row });

/** Some of them hash alike. */
const groups = [0, 1, 1024, 2048];

describe('the table of parts', () => {
  it('gives back every part as it came, whole and by group, and the row of one it knows', () => {
    const anyPart = fc.record(
      {
        row: fc.integer({ min: 1, max: 2_000_000 }),
        area: fc.constantFrom('', '718', '00001', '25741', '25744'),
        numerator: fc.maxSafeNat(),
        denominator: fc.maxSafeNat(),
        value: fc.stringMatching(/^-?\d{1,40}(\.\d{1,9})?$/),
        completedOn: fc.constantFrom('2021-01-01', '2022-06-30', '2022-12-31'),
      },
      { requiredKeys: ['row', 'area', 'numerator', 'denominator'] },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...groups), anyPart), { maxLength: 40 }), (entries) => {
        const table = new PartTable();
        const expected = new Map(groups.map((group) => [group, new Map<string, Part>()]));
        for (const [group, one] of entries) {
          const known = expected.get(group)?.get(one.area);
          expect(table.add(group, one)).toBe(known?.row);
          if (!known) expected.get(group)?.set(one.area, one);
        }
        for (const [group, parts] of expected) expect([...table.partsOf(group)]).toEqual([...parts]);
      }),
    );
  });

  it.each([1023, 1024, 1025, 2048, 2049, 10_000])('grows with %i parts', (count) => {
    const table = new PartTable();
    const areas = Array.from({ length: count }, (_, index) => String(index % 100).padStart(5, '0'));
    for (const [index, area] of areas.entries()) {
      expect(table.add(Math.floor(index / 100), part(index + 1, area))).toBeUndefined();
    }
    for (const [index, area] of areas.entries()) {
      expect(table.add(Math.floor(index / 100), part(0, area))).toBe(index + 1);
    }
    const last = Math.floor((count - 1) / 100);
    expect([...table.partsOf(last).keys()]).toEqual(areas.slice(last * 100));
    expect(table.partsOf(last + 1).size).toBe(0);
  });
});
