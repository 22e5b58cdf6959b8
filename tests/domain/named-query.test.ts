import { describe, expect, it } from 'vitest';
import { fillQuery, type NamedQuery } from '../../shared/domain/named-query.ts';

const text = { vi: 'Thử', en: 'Try' };
const query: NamedQuery = {
  name: 'try',
  title: text,
  description: text,
  parameters: [
    { name: 'day', kind: 'day', title: text, default: '9999-12-31' },
    { name: 'unit', kind: 'unit', title: text, default: '*' },
    { name: 'indicator', kind: 'indicator', title: text, default: '*' },
  ],
  columns: [],
  sql: "select '${day}', '${unit}', '${indicator}', '${day}'",
};

describe('a named query', () => {
  it('takes its defaults for what is not given', () => {
    expect(fillQuery(query)).toBe("select '9999-12-31', '*', '*', '9999-12-31'");
  });

  it('puts in what is given, wherever it stands', () => {
    expect(fillQuery(query, { day: '2022-07-01', unit: 'BTTTT', indicator: '1.dd.1' })).toBe(
      "select '2022-07-01', 'BTTTT', '1.dd.1', '2022-07-01'",
    );
  });

  it.each([
    ['day', '2022-02-29'],
    ['day', '*'],
    ['day', "2022-07-01' or '1'='1"],
    ['unit', ''],
    ['unit', "74' or '1'='1"],
    ['unit', '74\n'],
    ['unit', '74 -- '],
    ['indicator', 'II.9.'],
    ['indicator', "II.9.1'"],
    ['indicator', '$&'],
  ])('refuses %s = %j', (name, value) => {
    expect(() => fillQuery(query, { [name]: value })).toThrow(RangeError);
    expect(() => fillQuery(query, { [name]: value })).toThrow(`Tham số ${name} phải là`);
  });

  it.each(['dayy', 'constructor', '__proto__'])('refuses a parameter %s, naming those it has', (name) => {
    const given = Object.fromEntries([[name, '1']]);
    expect(() => fillQuery(query, given)).toThrow(/try has no parameter ".+"; it has: day, unit, indicator/);
  });
});
