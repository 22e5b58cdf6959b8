import { describe, expect, it } from 'vitest';
import { reportingText } from '../../cli/reporting-text.ts';
import { smallCatalogue } from '../domain/small-catalogue.ts';

describe('reporting for people', () => {
  const none = { expected: 9, received: 0, onTime: 0, assigned: 3, reported: 0 };

  it('shows the nation, the bodies and the units, each with counts and completeness', () => {
    const text = reportingText(smallCatalogue(), {
      nation: { expected: 18, received: 9, onTime: 8, assigned: 6, reported: 2 },
      bodies: [{ unit: 'BTTTT', ...none, assigned: 0 }],
      units: [
        { unit: '74', expected: 9, received: 9, onTime: 8, assigned: 3, reported: 2 },
        { unit: '01', ...none },
      ],
    });
    expect(text.split('\n').slice(4)).toEqual([
      'Mã     Đơn vị                        cần nộp  đã nhận  đúng hạn   đầy đủ',
      '       Cả nước                            18        9         8  33,33 %',
      '       Theo cơ quan phối hợp',
      'BTTTT  Bộ Thông tin và Truyền thông        9        0         0        –',
      '       Theo đơn vị',
      '74     Bình Dương                          9        9         8  66,66 %',
      '01     Hà Nội                              9        0         0   0,00 %',
    ]);
  });

  it.each([
    [99_999, 100_000, '99,99 %'],
    [100_000, 100_000, '100,00 %'],
    [1, 3, '33,33 %'],
    [0, 3, '0,00 %'],
  ])('rounds %i of %i down to %s, so that only all is everything', (reported, assigned, share) => {
    const nation = { ...none, reported, assigned };
    const text = reportingText(smallCatalogue(), { nation, bodies: [], units: [] });
    expect(text.split('\n').find((line) => line.includes('Cả nước'))).toMatch(new RegExp(`  ${share}$`));
  });
});
