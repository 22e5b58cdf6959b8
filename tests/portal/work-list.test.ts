import { describe, expect, it } from 'vitest';
import { byUrgency, filterWork } from '../../portal/pages/unit/work-list.ts';
import type { Assessment, State } from '../../shared/domain/assessment.ts';

function work(indicator: string, state: State, daysLeft: number | null = null): Assessment {
  return {
    obligation: `74:${indicator}`,
    unit: '74',
    indicator,
    ref: indicator.replace(/\.\d+$/, ''),
    due: null,
    state,
    value: null,
    asAt: null,
    target: '≥ 100 %',
    daysLeft,
    projection: null,
    reportedLateOn: null,
    reason: { vi: 'chưa có số liệu', en: 'no figure yet' },
  };
}
const idsOf = (list: readonly Assessment[]) => list.map(({ indicator }) => indicator);

describe('what a unit owes', () => {
  it('stands in the order in which it wants somebody to act', () => {
    const list = [
      work('1.a.1', 'met', -5),
      work('1.b.1', 'on-track', 90),
      work('1.c.1', 'at-risk', 14),
      work('1.d.1', 'at-risk', 3),
      work('1.e.1', 'overdue', -1),
      work('1.g.1', 'overdue', -60),
      work('1.h.1', 'unscheduled'),
      work('1.i.1', 'at-risk'),
    ];
    expect(idsOf(byUrgency(list))).toEqual([
      '1.g.1',
      '1.e.1',
      '1.d.1',
      '1.c.1',
      '1.i.1',
      '1.b.1',
      '1.h.1',
      '1.a.1',
    ]);
  });

  const titles: Record<string, { vi: string; en: string }> = {
    'II.9.1': { vi: 'Tỷ lệ hộ gia đình có địa chỉ số', en: 'Households with a digital address' },
  };
  const names = { titleOf: (id: string) => titles[id] };
  const list = [work('II.9.1', 'overdue'), work('1.a.1', 'met')];

  it.each<[State | '', string, string[]]>([
    ['', '', ['II.9.1', '1.a.1']],
    ['met', '', ['1.a.1']],
    ['', 'ii.9', ['II.9.1']],
    ['', 'ĐỊA CHỈ', ['II.9.1']],
    ['', 'dia chi so', ['II.9.1']],
    ['', 'household', ['II.9.1']],
    ['met', 'địa chỉ', []],
    ['', 'không có', []],
  ])('in state %j with %j is %j', (state, text, found) => {
    expect(idsOf(filterWork(list, { state, text }, names))).toEqual(found);
  });
});
