import { describe, expect, it } from 'vitest';
import { withQuery } from '../../portal/address-query.ts';
import { readDay } from '../../portal/parts/day-input.tsx';
import { faultText } from '../../portal/parts/fault.tsx';
import { sortRows } from '../../portal/parts/sort.tsx';
import { ApiProblem } from '../../shared/client/api.ts';
import { submissionUnknown } from '../../shared/domain/problem.ts';

it.each([
  ['30/06/2022', '2022-06-30'],
  ['1/7/2022', '2022-07-01'],
  ['30.6.2022', '2022-06-30'],
  ['30-06-2022', '2022-06-30'],
  [' 30 06 2022 ', '2022-06-30'],
  ['2022-06-30', '2022-06-30'],
  ['31/06/2022', undefined],
  ['29/02/2022', undefined],
  ['06/30/2022', undefined],
  ['30/06/22', undefined],
  ['30/06', undefined],
  ['', undefined],
])('reads «%s» as the day %s', (typed, day) => {
  expect(readDay(typed)).toBe(day);
});

describe('sorted rows', () => {
  const rows = [{ key: 2 }, { key: undefined }, { key: 10 }, { key: 1 }];
  const keysOf = (isDescending: boolean) =>
    sortRows(rows, ({ key }) => key, isDescending).map(({ key }) => key);

  it('are by number, those without one last either way', () => {
    expect(keysOf(false)).toEqual([1, 2, 10, undefined]);
    expect(keysOf(true)).toEqual([10, 2, 1, undefined]);
  });

  it('are by name as Vietnamese orders letters', () => {
    const names = ['Đà Nẵng', 'Hà Nội', 'Bình Dương', 'An Giang', 'Cà Mau'];
    expect(sortRows(names, (name) => name, false)).toEqual([
      'An Giang',
      'Bình Dương',
      'Cà Mau',
      'Đà Nẵng',
      'Hà Nội',
    ]);
  });
});

it.each([
  [{ unit: '74', kind: '' }, '/alerts?unit=74'],
  [{ kind: '' }, '/alerts'],
  [{ unit: 'a b&c' }, '/alerts?unit=a+b%26c'],
])('writes the choices %j into the address %s', (query, address) => {
  expect(withQuery('/alerts', query)).toBe(address);
});

it('tells people of a refusal in the words of the API, without the routes', () => {
  const { problem } = submissionUnknown('XYZ');
  expect(problem.detail.vi).toContain('GET /submissions');
  expect(faultText(new ApiProblem(problem))).toEqual({
    title: { vi: 'Không tìm thấy', en: 'Not found' },
    detail: { vi: 'Đơn vị này không có lượt nộp «XYZ».', en: 'This unit has no submission “XYZ”.' },
  });
  const detail = { vi: 'Xem GET /alerts.', en: 'See GET /alerts.' };
  expect(faultText(new ApiProblem({ ...problem, detail })).detail).toEqual(detail);
});
